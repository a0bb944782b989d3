"""What holds a customer together: its links, the weakest of them, and records that bridge it."""
