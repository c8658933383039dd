"""The people of the demo newsroom, one or more for each role."""

from dataclasses import dataclass

from workflow.accounts.models import User, WorkingLocale

PASSWORD = "newsroom"


@dataclass(frozen=True)
class Person:
    """A demo account: who it is, what it may do, which target locales it works in."""

    username: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    locales: tuple[str, ...] = ()
    language: str = "en"

    @property
    def what(self) -> str:
        """Roles and locales in a few words, for the list of who can sign in."""
        return ", ".join(self.roles) + (f" ({', '.join(self.locales)})" if self.locales else "")


PEOPLE = (
    Person("amina", "Amina", "Alaoui", ("translator",), ("ar",), "ar"),
    Person("karim", "Karim", "Mansour", ("translator",), ("ar",), "ar"),
    Person("claire", "Claire", "Fontaine", ("translator",), ("fr",), "fr"),
    Person("louis", "Louis", "Marchand", ("translator",), ("fr",), "fr"),
    Person("nadia", "Nadia", "Bennani", ("editor",)),
    Person("omar", "Omar", "Khalil", ("terminologist",)),
    Person("admin", "Ada", "Stone", ("administrator", "editor")),
)


def hire() -> list[User]:
    """Creates whoever is missing; people who exist stay as they are."""
    hired = []
    for person in PEOPLE:
        user, created = User.objects.get_or_create(
            username=person.username,
            defaults={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "email": f"{person.username}@example.org",
                "interface_language": person.language,
                **{f"is_{role}": True for role in person.roles},
            },
        )
        if created:
            user.set_password(PASSWORD)
            user.save()
            for locale in person.locales:
                WorkingLocale.objects.create(user=user, locale=locale)
            hired.append(user)
    return hired
