"""Where the pages of the project are."""

from crm import views
from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("customers/<str:number>/", views.customer),
    path("customers/<str:number>/why/", views.why),
]
