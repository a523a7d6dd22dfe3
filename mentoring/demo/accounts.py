"""Who can sign in to the demo. Roles' accounts are the ones the README lists; the rest have joined but keep no password."""

from allauth.account.models import EmailAddress

from accounts.models import User
from organisations.models import Membership, Organisation

PASSWORD = "demo-mentoring-2026"  # noqa: S105  printed and in the README
OPERATOR = "operator@platform.example"

# role -> (first name, last name); "lead" holds no role but is named for concerns
NORTHFIELD = {
    "owner": ("Alan", "Pryce"),
    "coordinator": ("Ruth", "Bellamy"),
    "mentor": ("Dafydd", "Lindqvist"),
    "student": ("Gwen", "Wójcik"),
    "tutor": ("Hugo", "Okafor"),
    "lead": ("Miriam", "Castle"),
}
RIVERSIDE = {
    "owner": ("Sofia", "Brandt"),
    "coordinator": ("Tom", "Adair"),
    "mentor": ("Nadia", "Rahman"),
    "student": ("Leo", "Fontaine"),
    "tutor": ("Priya", "Nair"),
    "lead": ("Grace", "Otieno"),
}


def make_operator() -> None:
    """The one who may open Django admin; a member of no organisation."""
    user = _user(OPERATOR, "Oscar Operator")
    if not (user.is_staff and user.is_superuser):
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])


def make_organisation(slug, name) -> Organisation:
    defaults = {"name": name, "contact_email": f"placements@{slug}.example"}
    return Organisation.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_cast(slug, names) -> dict[str, Membership]:
    """The accounts of one organisation, in its scope: {role: membership}."""
    cast = {}
    for role, (first, last) in names.items():
        email = f"{role}@{slug}.example"
        user = _user(email, f"{first} {last}")
        cast[role], _made = Membership.objects.get_or_create(
            email=email,
            defaults={
                "user": user,
                "first_name": first,
                "last_name": last,
                "roles": [] if role == "lead" else [role],
                "is_safeguarding_lead": role == "lead",
                "joined_at": user.date_joined,
            },
        )
    return cast


def let_join(memberships, joined_at) -> None:
    """These people have joined: each gets a sign-in without a password (they could ask for one by letter)."""
    users = User.objects.bulk_create([_without_password(one) for one in memberships], ignore_conflicts=False)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
    for membership, user in zip(memberships, users, strict=True):
        membership.user, membership.joined_at = user, joined_at
    Membership.objects.bulk_update(memberships, ["user", "joined_at"])


def _without_password(membership):
    user = User(email=membership.email.lower(), name=membership.name)
    user.set_unusable_password()
    return user


def _user(email, name) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
