"""The admin: codes are stored, words are shown and filtered by."""

from django.contrib import admin

from crm.models import Customer, Order, StoredPolicy


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    """Customers with what was decided about them."""

    list_display = ("customer_id", "name", "lifecycle", "tier", "revenue", "decided_as_of")
    list_filter = ("lifecycle", "tier")
    search_fields = ("customer_id", "name")
    readonly_fields = Customer.DECIDED


admin.site.register(Order)
admin.site.register(StoredPolicy)
