# SPDX-License-Identifier: GPL-3.0-or-later
"""A running program as a screen reader sees it, over D-Bus.

A question to a program takes the time of four processes waking one another, so what is wanted of many widgets is asked of
all of them side by side: a window of five hundred widgets is read in a tenth of a second.
"""

import subprocess

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402  Atspi for the names of its numbers

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ROOT = '/org/a11y/atspi/accessible/root'
NOTHING = '/org/a11y/atspi/null'
ANSWER_MS = 60000  # a busy machine takes longer than one would think
ROWS = {'table row', 'list item', 'tree item'}
# What has nothing in it is not asked for that, nor the rows of a table for what stands beside them.
LEAVES = {'image', 'label', 'separator'}
NOT_IN_TABLES = {'entry', 'frame', 'list', 'list item', 'menu item', 'password text', 'push button', 'text', 'tree table'}
STATES = {int(state): state.value_nick for state in map(Atspi.StateType, range(int(Atspi.StateType.LAST_DEFINED)))}

_buses = []
_roles = {}  # by address: a widget keeps its own


class Failed(AssertionError):
    """What a scenario expected did not come true."""


def matches(wanted, text):
    if wanted is None:
        return True
    if hasattr(wanted, 'search'):
        return bool(wanted.search(text))
    return wanted == text


def bus():
    """The bus on which programs answer screen readers."""
    if not _buses:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address, = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                     Gio.DBusCallFlags.NONE, ANSWER_MS, None).unpack()
        _buses.append(Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION))
    return _buses[0]


def ask(questions):
    """Asks (address, interface, method, arguments) each, side by side: the answers in the same order, an error where there is none."""
    questions = list(questions)
    answers, open_questions = [None] * len(questions), len(questions)

    def answered(connection, result, place):
        nonlocal open_questions
        open_questions -= 1
        try:
            value = connection.call_finish(result).unpack()
            answers[place] = value[0] if len(value) == 1 else value
        except GLib.Error as error:
            answers[place] = error
    for place, ((owner, path), interface, method, arguments) in enumerate(questions):
        bus().call(owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NO_AUTO_START, ANSWER_MS, None, answered, place)
    while open_questions:
        GLib.MainContext.default().iteration(True)
    return answers


def is_told(answer):
    return not isinstance(answer, GLib.Error)


def prop(interface, name):
    """The question for a property, without whom it is asked."""
    return 'org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (interface, name))


CHILDREN = ACCESSIBLE, 'GetChildren', None
ROLE = ACCESSIBLE, 'GetRole', None
STATE = ACCESSIBLE, 'GetState', None
NAME = prop(ACCESSIBLE, 'Name')
TEXT = 'org.a11y.atspi.Text', 'GetText', GLib.Variant('(ii)', (0, 0x7fffffff))
EXTENTS = 'org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (int(Atspi.CoordType.WINDOW),))


def ask_each(nodes, question):
    return ask((node.address, *question) for node in nodes)


def told(nodes, question):
    """Pairs of those that are still there and what they answered."""
    return [(node, answer) for node, answer in zip(nodes, ask_each(nodes, question)) if is_told(answer)]


def on_screen(extents):
    return is_told(extents) and extents[2] > 0 and extents[3] > 0


def states(words):
    return {name for number, name in STATES.items() if words[number // 32] & 1 << number % 32}


def texts_of(nodes):
    """Pairs of those that are still there and their text, which for what has none is its name."""
    answers = ask_each(nodes, TEXT)
    names = dict(told([node for node, answer in zip(nodes, answers) if not is_told(answer)], NAME))
    return [(node, answer if is_told(answer) else names[node]) for node, answer in zip(nodes, answers) if is_told(answer) or node in names]


def xdotool(*arguments, check=True):
    done = subprocess.run(['xdotool', *arguments], capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise Failed(f'xdotool {" ".join(arguments)}: {done.stderr.strip()}')
    return done.stdout


class Node:
    """A widget as a screen reader sees it. What is asked of it is how it is now; GLib.Error when it went away."""

    def __init__(self, program, address):
        self.program, self.address = program, address

    def __eq__(self, other):
        return isinstance(other, Node) and self.address == other.address

    def __hash__(self):
        return hash(self.address)

    def _ask(self, interface, method, arguments=None):
        answer, = ask([(self.address, interface, method, arguments)])
        if not is_told(answer):
            raise answer
        return answer

    @property
    def role(self):
        if self.address not in _roles:
            _roles[self.address] = Atspi.role_get_name(Atspi.Role(self._ask(*ROLE)))
        return _roles[self.address]

    name = property(lambda self: self._ask(*NAME))
    description = property(lambda self: self._ask(*prop(ACCESSIBLE, 'Description')))
    states = property(lambda self: states(self._ask(*STATE)))

    @property
    def text(self):
        for _, text in texts_of([self]):
            return text
        raise GLib.Error(f'{self.address[1]} went away')

    @property
    def extents(self):
        """x, y, width and height in its window, in pixels; nothing for what has no place."""
        extents, = ask_each([self], EXTENTS)
        return extents if is_told(extents) else (0, 0, 0, 0)

    @property
    def on_screen(self):
        return on_screen(self.extents)

    @property
    def parent(self):
        address = self._ask(*prop(ACCESSIBLE, 'Parent'))
        return Node(self.program, address) if address[1] != NOTHING else None

    def children(self):
        return [Node(self.program, address) for address in self._ask(*CHILDREN)]

    def child(self, place):
        return Node(self.program, self._ask(ACCESSIBLE, 'GetChildAtIndex', GLib.Variant('(i)', (place,))))

    def walk(self, role=None):
        """Pairs of this and everything below it that can be seen, and how deep it is; with a role, what may be of it.

        Rows out of sight are left out.
        """
        below = {}
        level = [self]
        while level:
            level = self._look(level, role, below)

        def read(node, depth):
            yield node, depth
            for child in below.get(node, ()):
                yield from read(child, depth + 1)
        return read(self, 0)

    def _look(self, level, role, below):
        """Keeps what can be seen below the widgets of a level, and returns it: the next level."""
        families = [(node, [Node(self.program, address) for address in addresses])
                    for node, addresses in told([node for node in level if _roles.get(node.address) not in LEAVES], CHILDREN)]
        children = [child for _, family in families for child in family]
        new = [child for child in children if child.address not in _roles]
        for child, number in told(new, ROLE):
            _roles[child.address] = Atspi.role_get_name(Atspi.Role(number))
        children = [child for child in children if child.may_hold(role)]
        rows = [child for child in children if child.role in ROWS]
        seen = {child for child, words in told(children, STATE) if {'showing', 'visible'} & states(words)}
        seen -= {row for row, extents in zip(rows, ask_each(rows, EXTENTS)) if not on_screen(extents)}
        for node, family in families:
            below[node] = [child for child in family if child in seen]
        return [child for _, family in families for child in family if child in seen]

    def may_hold(self, role):
        """Whether it can be of a role, or have something in it that is."""
        own = _roles.get(self.address)
        return not (own is None or own in LEAVES and not matches(role, own) or
                    own == 'table row' and isinstance(role, str) and role in NOT_IN_TABLES)

    def find_all(self, role=None, name=None, text=None):
        """What can be seen of a role, an accessible name and a text (each a string, or a compiled pattern)."""
        found = [node for node, _ in self.walk(role) if matches(role, node.role)]
        if name is not None:
            found = [node for node, own in told(found, NAME) if matches(name, own)]
        if text is not None:
            found = [node for node, own in texts_of(found) if matches(text, own)]
        return [node for node, extents in told(found, EXTENTS) if on_screen(extents)]

    def find(self, role=None, name=None, text=None, timeout=None):
        """The first of these, once there is one."""
        what = ' '.join(str(getattr(x, 'pattern', x)) for x in (role, name, text) if x)
        return self.program.wait_for(lambda: next(iter(self.find_all(role, name, text)), None), f'a {what}', timeout)

    def texts(self):
        """Every text that can be read in it, in reading order."""
        readable = [node for node, _ in self.walk() if node.role in ('label', 'text', 'heading')]
        readable = [node for node, extents in told(readable, EXTENTS) if on_screen(extents)]
        return [text for _, text in texts_of(readable) if text]

    def frame(self):
        """The window it is in."""
        node = self
        while node is not None and node.role not in ('frame', 'dialog', 'window', 'alert'):
            node = node.parent
        return node

    def click(self, button=1, times=1):
        """A real click at its centre, once it is there to be clicked."""
        def under_the_pointer():
            """Whether it is still where the pointer went: people do not click at what is moving."""
            place = self.extents
            if not on_screen(place) or 'sensitive' not in self.states:
                return False
            x, y, width, height = place
            window = self.program.x_window(self.frame())
            xdotool('mousemove', '--window', window, str(x + width // 2), str(y + height // 2))
            return self.extents == place
        self.program.wait_for(under_the_pointer, f'{self.role} "{self.name}" to be clickable')
        xdotool('click', '--repeat', str(times), '--delay', '30', str(button))
        return self

    def act(self, action='click'):
        """An action by its name, for what a mouse cannot reach (menu items, window.close)."""
        interface = 'org.a11y.atspi.Action'
        count = self._ask(*prop(interface, 'NActions'))
        names = ask((self.address, interface, 'GetName', GLib.Variant('(i)', (i,))) for i in range(count))
        if action not in names:
            raise Failed(f'{self.role} "{self.name}" has no action {action}')
        self._ask(interface, 'DoAction', GLib.Variant('(i)', (names.index(action),)))
        return self

    def set_text(self, text):
        self._ask('org.a11y.atspi.EditableText', 'SetTextContents', GLib.Variant('(s)', (text,)))
        return self

    def has(self, state):
        return state in self.states

    def __str__(self):
        return f'{self.role} "{self.name}"'


def application(program, pid):
    """The program of a process, once it has a window; None before."""
    registry = Node(program, ('org.a11y.atspi.Registry', ROOT))
    nodes = registry.children()
    pids = ask((('org.freedesktop.DBus', '/org/freedesktop/DBus'), 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                GLib.Variant('(s)', (node.address[0],))) for node in nodes)
    return next((node for node, own in zip(nodes, pids) if own == pid and node.children()), None)
