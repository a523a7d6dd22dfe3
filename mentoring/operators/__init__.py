"""Django admin for operators: the platform's tables at once, an organisation's only for a while, with a reason, logged."""
