#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packing bench by keyboard alone: what has the focus is seen, says what it is, and does what Enter says."""

from harness import main, scenario, wait_for
from station import as_packer, bench, printed_label, scan, stock


def focus(program):
    """What a screen reader says has the focus: of a widget in a widget the inner one."""
    return next((node for node, _ in reversed(list(program.root().walk())) if node.has('focused')), None)


def walk_to(program, name, key='Tab'):
    """Presses a key until what has the focus is called so; never more often than there are stops."""
    stops = []
    for _ in range(30):
        program.key(key)
        program.wait_for(lambda: focus(program) and (not stops or focus(program) != stops[-1]), 'the focus to move')
        stops.append(focus(program))
        if stops[-1].name == name:
            return stops
    raise AssertionError(f'{key} never came to {name}: {[str(stop) for stop in stops]}')


def enter(program, *texts):
    """Types a text and Enter, and waits for an answer."""
    scan(program, *texts, by=lambda text: program.type(text).key('Return'))


def begin_to_fetch(program):
    """Takes the next order and reads what is to be read, with the big button alone."""
    program.activate()
    for button in ('I have read it', 'I have it'):
        program.key('Return')
        program.find('push button', button)


@scenario(orders=0)
def a_bench_is_chosen_and_an_order_packed_by_keys_alone(shop):
    sql = stock(shop)
    program = shop.start('waybill-station', '--windowed', database=as_packer(shop))
    program.find('push button', 'Bench 2')
    program.activate()
    # each bench is one stop
    assert [stop.name for stop in walk_to(program, 'Bench 2')] == ['Menu', 'Bench 1', 'Bench 2']
    program.key('Return')
    program.find('push button', 'Next order')
    enter(program, 'WB:STAFF:1002')
    program.find('label', text='Anna Binder')
    program.key('Return')
    program.find('push button', 'I have read it')
    for answer in ('I have it', 'I have all 2'):
        program.key('Return')
        program.find('push button', answer)
    program.key('Return')
    program.find('label', text='scan')
    enter(program, 'TEA-B', 'TEA-B', 'TRY-O')
    # the other boxes are stops like any other
    program.find('push button', 'Take “Medium”')
    walk_to(program, 'Medium')
    program.key('Return')
    enter(program, '1.60')
    program.find('label', text='Stick it on and scan it')
    program.key('F9')
    program.find('push button', 'It is torn or smudged')
    program.key('Escape')
    program.find('label', text='Stick it on and scan it')
    program.key('F9')
    walk_to(program, 'It is torn or smudged')
    program.key('Return')
    wait_for(lambda: sql('select count(*) from wb.print') == '2', 'the second label')
    enter(program, printed_label(sql))
    program.find('label', text='#10483')
    program.key('F10')
    program.find('menu item', 'Leave the bench')
    walk_to(program, 'Leave the bench', 'Down')
    program.key('Return')
    program.find('label', text='scan your badge')
    assert sql("select status from wb.sales_order where number = '10482'") == 'shipped'


@scenario(orders=0)
def what_has_the_focus_gets_enter(shop):
    """What is scanned or typed meanwhile gives Enter back to the big button."""
    sql = stock(shop)
    program = bench(shop, 'ST1')
    begin_to_fetch(program)
    walk_to(program, 'Short')
    program.key('Return')
    wait_for(lambda: sql("select count(*) from wb.work_event where kind = 'short'") == '1', 'the short piece')


@scenario(orders=0)
def a_mistake_keeps_the_focus(shop):
    """Nothing behind the red panel can be walked to, and the focus is back where it was when it is gone."""
    stock(shop)
    program = bench(shop, 'ST1')
    begin_to_fetch(program)
    program.scan('5012345678900')
    program.find('push button', 'Understood')
    program.wait_for(lambda: focus(program) and focus(program).name == 'Understood', 'the focus on the answer')
    program.key('Tab', 'Tab', 'Tab')
    assert focus(program).name == 'Understood', str(focus(program))
    program.key('Return')
    program.wait_gone('push button', 'Understood')
    walk_to(program, 'Short')


if __name__ == '__main__':
    main()
