"""What comes from a terminal's keyboard: keys and pasted text, without what the terminal itself sends in between."""

import re

from prompt_toolkit.input import Input
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

# What ESC begins: CSI, as keys and reports have it; SS3, as keypads have it; texts, with which a terminal answers what
# it was asked.
_CSI = r"\[(?:\[.|M...|(?![\[M])[0-?]*[ -/]*[@-~])"
_SS3 = r"O\d?\D"
_TEXT = r"(?:\](?=\d)|P(?=[\d>!|$+])|_(?=G))[^\x00-\x1f\x7f]*"
_WHOLE = re.compile(rf"[^\x1b]+|\x1b\x1b?(?:{_CSI}|{_SS3}|{_TEXT}(?:\x07|\x1b\\))", re.DOTALL)
_BEGUN = re.compile(rf"\x1b+(?:\[(?:\[|M.{{0,2}}|[0-?]*[ -/]*)|O\d?|[]P_]|{_TEXT}\x1b?)?\Z", re.DOTALL)
_ELSE = re.compile(rf"\x1b(?:\[[0-?]*[ -/]*|{_TEXT}|\x1b|[^\x1b])")  # broken off, or Alt with a letter
_CONTROL = re.compile(r"\x1b[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WITH_ALT = re.compile(r"\x1b[^\x00-\x08\x0b\x0c\x0e-\x1f[O\]P_]")
_ESC, _PASTE, _PASTE_ENDS = "\x1b", "\x1b[200~", "\x1b[201~"
_LINES = re.compile(r"[^\x00-\x1f][\r\n]+[^\x00-\x08\n-\x1f]")
# Keypads that do not send their signs as such.
_KEYPAD = {f"\x1bO{chr(ord(sign) + 0x40)}": sign for sign in "\r*+,-./0123456789"}


def only_keys(terminal: Input) -> Input:
    """The same input, which from now on brings keys and pasted text only; Windows sends nothing else anyway."""
    if hasattr(terminal, "vt100_parser"):
        terminal.vt100_parser = KeyParser(terminal.vt100_parser.feed_key_callback)
    return terminal


def forget_earlier(terminal: Input) -> None:
    """Drops the keys that have been read, but that no question took."""
    clear_typeahead(terminal)
    if hasattr(terminal, "vt100_parser"):
        terminal.vt100_parser.reset()


class KeyParser(Vt100Parser):
    """Holds back what ESC begins until it is whole, and drops what is no key.

    ESC alone is the key Esc if nothing follows before flush(), which comes after ttimeoutlen of the application.
    """

    def reset(self, request: bool = False) -> None:
        super().reset(request)
        self._held = ""

    def feed(self, data: str) -> None:
        self._held += data
        while self._held:
            if self._held.startswith(_PASTE):
                if _PASTE_ENDS not in self._held:
                    return
                pasted, _, self._held = self._held.removeprefix(_PASTE).partition(_PASTE_ENDS)
                self._paste(pasted)
                continue
            piece = _WHOLE.match(self._held) or (None if _BEGUN.match(self._held) else _ELSE.match(self._held))
            if piece is None:
                return
            self._held = self._held[piece.end() :]
            self._take(piece[0])

    def flush(self) -> None:
        if self._held.startswith(_PASTE):
            return
        if self._held in (_ESC, _ESC * 2):
            self._escape()
        self._held = ""

    def _take(self, piece: str) -> None:
        """Brings what is one key, one paste, or letters."""
        if not piece.startswith(_ESC):
            if _LINES.search(piece):  # a terminal that does not mark what is pasted
                self._paste(piece)
            else:
                super().feed(piece)
        elif piece in ANSI_SEQUENCES or _WITH_ALT.fullmatch(piece):
            super().feed(piece)
        elif piece.startswith(_ESC * 2):
            if piece[1:] not in ANSI_SEQUENCES or piece == _ESC * 2:  # Alt with an arrow begins so, too
                self._escape()
        else:
            super().feed(_KEYPAD.get(piece, piece[1:] if _CONTROL.fullmatch(piece) else ""))

    def _escape(self) -> None:
        self.feed_key_callback(KeyPress(Keys.Escape, _ESC))

    def _paste(self, text: str) -> None:
        self.feed_key_callback(KeyPress(Keys.BracketedPaste, text))
