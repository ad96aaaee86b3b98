"""How a process is made of the kernel: environment, broker, Nameko, threads, health, migrations.

The kernel is what services are written on and knows no process; this package is what runs them and no service
imports it.
"""
