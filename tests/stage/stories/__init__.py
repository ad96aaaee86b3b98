"""What happens on each side before the tests begin: one module a service, in the order in which things follow."""
