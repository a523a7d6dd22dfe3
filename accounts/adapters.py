"""How allauth behaves here: nobody signs up by themselves, accounts come from an invitation."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in for invited people only."""

    def is_open_for_signup(self, request):
        return False
