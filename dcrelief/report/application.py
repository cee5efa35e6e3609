"""The e-mail that applies for a measure, as a draft: to the right desk, with the facts it asks for."""

from collections.abc import Iterable, Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from dcrelief.report.routes import AssessmentWriter
from dcrelief.rules.assessment import Verdict
from dcrelief.rules.facts import UNKNOWN
from dcrelief.rules.model import Mailbox, Route
from dcrelief.rules.reasons import Reason


class Application(AssessmentWriter, frozen=True):
    """Writes the draft for a route that is applied for by e-mail."""

    verdict: Verdict

    @property
    def _mailbox(self) -> Mailbox:
        assert self._route.mail is not None
        return self._route.mail

    @property
    def _route(self) -> Route:
        return self.verdict.route

    @property
    def _addressee(self) -> str:
        return self._mailbox.addressee or self._catalogue.contacts[self._mailbox.contact].unit

    def message(self) -> bytes:
        """The draft as .eml: a mail program opens it to be finished and sent."""
        message = EmailMessage(policy=SMTP)
        message["To"] = self.recipient()
        message["Subject"] = self.subject()
        message["X-Unsent"] = "1"  # by this, Outlook opens it as a draft
        message.set_content(self.text(), charset="utf-8")
        return message.as_bytes()

    def recipient(self) -> Address:
        """The mailbox that takes the application, with the name of its office."""
        return Address(self._addressee, addr_spec=self._catalogue.contacts[self._mailbox.contact].email)

    def subject(self) -> str:
        """The subject: the measure and the business."""
        key = "mail.subject" if self._name else "mail.subject_unnamed"
        return self._words(key, route=self._routes.short_name(self._route), name=self._name)

    def text(self) -> str:
        """The letter: who applies for what, the facts, the materials, whom to call back."""
        words, route = self._words, self._route
        policy = self._catalogue.policy_of(route.measure)
        blank = words("mail.blank")
        name = self._routes.name(route)
        parts = [
            [
                words("mail.greeting", addressee=self._addressee),
                "",
                words("mail.request", document=policy.title, day=policy.day, route=name),
            ],
            [
                words("mail.facts"),
                *(words("mail.fact", label=label, value=value) for label, value in self._facts()),
                *(words("mail.fact", label=detail, value=blank) for detail in self._mailbox.details),
            ],
            [
                words("mail.materials"),
                *(words("mail.material", material=material) for material in route.materials or (blank,)),
            ],
            [words("mail.caller"), words("mail.caller_lines", name=self._name or blank)],
        ]
        return "\n\n".join("\n".join(part) for part in parts) + "\n"

    def _facts(self) -> Iterator[tuple[str, str]]:
        """Labels and values: the business, then each fact behind the verdict and the amount; blank if not known."""
        words, size, scope = self._words, self.assessment.size, self._catalogue.tree(self._route)[0]
        if self._catalogue.name_fact:
            yield self._fact(self._catalogue.name_fact)
        for fact in _facts_of(self.verdict.reasons):
            if fact == "size":
                yield from map(self._fact, _facts_of(size.reasons))
                known = self._explainer.size_name(size.size_class) if size.size_class is not None else ""
                yield words("report.size_title"), known or words("mail.blank")
            elif fact not in scope.facts():
                yield self._fact(fact)
        if self._route.estimate is not None:
            yield from map(self._fact, self._route.estimate.facts())

    def _fact(self, fact: str) -> tuple[str, str]:
        value = self.assessment.answers.value(fact)
        shown = "" if value is UNKNOWN else self._explainer.show(self._catalogue.facts[fact], value)
        return self._catalogue.fact_label(fact), " ".join(shown.split()) or self._words("mail.blank")

    @property
    def _name(self) -> str:
        """The name of the business in one line."""
        return " ".join(self.business.split())


def _facts_of(reasons: Iterable[Reason]) -> list[str]:
    """The facts of some reasons, each once; a reason may have none."""
    return list(dict.fromkeys(reason.fact for reason in reasons if reason.fact))
