"""What everything that writes of an assessment has at hand."""

from msgspec import Struct

from dcrelief.report.routes import RouteWriter
from dcrelief.rules.assessment import Assessment
from dcrelief.rules.model import Catalogue
from dcrelief.rules.words import Words


class AssessmentWriter(Struct, frozen=True):
    """Writes of one assessment, in the words of its catalogue."""

    assessment: Assessment

    @property
    def _catalogue(self) -> Catalogue:
        return self.assessment.catalogue

    @property
    def _words(self) -> Words:
        return self._catalogue.words

    @property
    def _routes(self) -> RouteWriter:
        return RouteWriter(self._catalogue)
