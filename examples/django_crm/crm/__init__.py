"""A small CRM: customers, orders, the policy in force, and what it decided."""
