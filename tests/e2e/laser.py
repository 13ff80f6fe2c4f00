#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers on an office printer that speaks IPP Everywhere, behind a print server: found, added, printed on, and nothing twice."""

import contextlib
import os
import re
import socket
import subprocess
import tempfile
import threading

from gi.repository import Gio, GLib

from harness import BUILD, SOURCE, main, scenario, wait_for
from prints import ORDERS, a_label, ledger, open_office, open_prints, say_why
from station import bench, stock

HAS_CUPS = os.path.exists('/usr/sbin/cupsd') and os.path.exists('/usr/sbin/ippeveprinter')


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as free:
        return free.getsockname()[1]


class PrintServer:
    """A print server of its own, which can be ended and started again."""

    def __init__(self):
        self.process = subprocess.Popen([f'{SOURCE}/tests/cupsd', 'sh', '-c', 'echo "$CUPS_SERVER"; echo "$WAYBILL_TEST_CUPS"; cat >/dev/null'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address, self.folder = self.process.stdout.readline().strip(), self.process.stdout.readline().strip()
        self.again, self.port = None, None

    def run(self, *words):
        return subprocess.run(words, env={**os.environ, 'CUPS_SERVER': self.address}, check=False, capture_output=True, text=True).stdout

    def stop(self):
        if self.again:
            self.again.terminate()
            self.again.wait(20)
            self.again = None
        else:
            with open(f'{self.folder}/pid', encoding='ascii') as pid:
                os.kill(int(pid.read()), 15)
        wait_for(lambda: 'is running' not in self.run('lpstat', '-r'), 'the print server to end')

    def start(self):
        self.again = subprocess.Popen([f'{self.folder}/serve'])
        wait_for(lambda: 'is running' in self.run('lpstat', '-r'), 'the print server to run')

    def forbid(self, forbidden):
        """Whether setting up printers takes a password; nobody has one at its port, which is where programs then ask."""
        path = f'{self.folder}/../cupsd.conf'
        rule = '  <Limit CUPS-Add-Modify-Printer>\n    AuthType Basic\n    Require valid-user\n  </Limit>\n'
        with open(path, encoding='ascii') as file:
            conf = file.read().replace(rule, '')
        if not self.port:
            self.port = f'127.0.0.1:{free_port()}'
            conf = conf.replace('Listen ', f'Listen {self.port}\nListen ', 1)
        with open(path, 'w', encoding='ascii') as file:
            file.write(conf.replace('  <Limit All>', rule + '  <Limit All>') if forbidden else conf)
        self.stop()
        self.start()

    def close(self):
        if self.again:
            self.again.terminate()
            self.again.wait(20)
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Laser:
    """CUPS' own IPP Everywhere printer; keeps every document that it gets."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='wb-laser.')
        self.port = free_port()
        self.uri = f'ipp://127.0.0.1:{self.port}/ipp/print'
        with open(f'{self.folder}/command', 'w', encoding='ascii') as command:
            command.write(f'#!/bin/sh\ncp "$1" "$(mktemp {self.folder}/got-XXXXXX)"\n')
        os.chmod(f'{self.folder}/command', 0o755)
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(['ippeveprinter', '-p', str(self.port), '-n', 'localhost', '-f', 'application/pdf', '-d', self.folder,
                                         '-c', f'{self.folder}/command', 'Laser'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, 'LD_PRELOAD': f'{BUILD}/tests/devices/libwb-test-avahi.so'})

        def is_there():
            with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', self.port)):
                return True
        wait_for(is_there, 'the printer to be there')

    def stop(self):
        self.process.kill()
        self.process.wait()

    def papers(self):
        """The text of each document that came, in order."""
        got = [f'{self.folder}/{name}' for name in os.listdir(self.folder) if name.startswith('got-')]
        read = [subprocess.run(['pdftotext', '-layout', path, '-'], capture_output=True, text=True, check=False)
                for path in sorted(got, key=os.path.getmtime)]
        return [one.stdout for one in read if one.returncode == 0]


class Network(threading.Thread):
    """Avahi on the session bus, which tells of one printer. Give the environment to a program, which takes that bus for the system's."""

    NODE = ("<node><interface name='org.freedesktop.Avahi.Server'><method name='ServiceBrowserNew'>" +
            ''.join(f"<arg type='{t}' direction='in'/>" for t in 'iissu') + "<arg type='o' direction='out'/></method><method name='ResolveService'>" +
            ''.join(f"<arg type='{t}' direction='in'/>" for t in 'iisssiu') +
            ''.join(f"<arg type='{t}' direction='out'/>" for t in ('i', 'i', 's', 's', 's', 's', 'i', 's', 'q', 'aay', 'u')) +
            '</method></interface></node>')

    def __init__(self, name, port):
        super().__init__(daemon=True)
        self.announced, self.port = name, port
        self.address = os.environ['DBUS_SESSION_BUS_ADDRESS']
        self.environment = {'DBUS_SYSTEM_BUS_ADDRESS': self.address}
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        self.bus = None
        self.start()
        wait_for(lambda: self.bus, 'Avahi')

    def run(self):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        bus = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        bus.register_object('/', Gio.DBusNodeInfo.new_for_xml(self.NODE).interfaces[0], self.called, None, None)
        Gio.bus_own_name_on_connection(bus, 'org.freedesktop.Avahi', Gio.BusNameOwnerFlags.NONE, None, None)
        self.bus = bus
        self.loop.run()
        self.context.pop_thread_default()

    def called(self, bus, _sender, _path, _interface, method, arguments, invocation):
        if method == 'ServiceBrowserNew':
            kind = arguments.unpack()[2]
            invocation.return_value(GLib.Variant('(o)', ('/Client0/ServiceBrowser1',)))
            if kind == '_ipp._tcp':
                bus.emit_signal(None, '/Client0/ServiceBrowser1', 'org.freedesktop.Avahi.ServiceBrowser', 'ItemNew',
                                GLib.Variant('(iisssu)', (2, 0, self.announced, kind, 'local', 4)))
            return
        record = [b'txtvers=1', b'rp=ipp/print', b'ty=Waybill Test Laser']
        invocation.return_value(GLib.Variant('(iissssisqaayu)', (2, 0, self.announced, '_ipp._tcp', 'local', 'laser.local', 0, '127.0.0.1',
                                                                 self.port, record, 4)))

    def close(self):
        self.loop.quit()
        self.join(20)
        self.bus.close_sync(None)


@contextlib.contextmanager
def print_room():
    """A print server and a printer that it may know."""
    server, laser = PrintServer(), Laser()
    try:
        yield server, laser
    finally:
        laser.stop()
        server.close()
        subprocess.run(['rm', '-rf', laser.folder], check=True)


@scenario(orders=ORDERS)
def a_slip_and_its_reprint_come_out_once_each(shop):
    """Also when the printer is off and the print server is started anew while the second one waits."""
    if not HAS_CUPS:
        return
    _, number, _ = a_label(shop)
    order = shop.sql(f"select id from wb.sales_order where number = '{number}'")
    about = f"order_id = {order} and document = 'packing-slip' and printer = 'Laser'"
    with print_room() as (server, laser):
        server.run('lpadmin', '-p', 'Laser', '-E', '-v', laser.uri, '-m', 'everywhere')
        office = open_office(shop, CUPS_SERVER=server.address)
        open_prints(office)
        office.find('tree table', 'Prints').find('label', number).click(button=3)
        office.find('menu item', 'Print again…').act()
        choose_slip(office, int(shop.sql("select count(*) from wb.label l join wb.parcel p on p.id = l.parcel_id "
                                         f"join wb.shipment s on s.id = p.shipment_id where s.order_id = {order} and l.voided_at is null")))
        office.find('label', 'Laser')
        office.find('push button', 'Print').click()
        wait_for(lambda: len(laser.papers()) == 1, 'the slip')
        assert number in laser.papers()[0] and 'REPRINT' not in laser.papers()[0], laser.papers()
        wait_for(lambda: ledger(shop, about) == 'packing-slip/Laser/1/postgres', 'the ledger')
        # CUPS itself prints again what it had not heard the end of
        wait_for(lambda: server.run('lpstat', '-o') == '', 'the print server to have nothing more')

        laser.stop()
        office.find('tree table', 'Prints').find('label', number).click(button=3)
        office.find('menu item', 'Print again…').act()
        office.wait_text(re.compile('^Laser (is offline|does not answer)'))
        say_why(office, 'It is lost')
        office.find('push button', 'Print again').click()
        office.wait_text(re.compile('^Laser (is offline|does not answer).* It comes out when that is mended'))
        wait_for(lambda: 'Laser-2' in server.run('lpstat', '-o'), 'the print server to have it')
        server.stop()
        server.start()
        laser.start()
        wait_for(lambda: len(laser.papers()) == 2, 'the reprint')
        wait_for(lambda: server.run('lpstat', '-o') == '', 'the print server to have nothing more')
        wait_for(lambda: ledger(shop, about) == 'packing-slip/Laser/1/postgres packing-slip/Laser/2/It is lost/postgres', 'the ledger')
        office.find('tree table', 'Prints').find('label', 'It is lost')
        assert len(laser.papers()) == 2 and 'REPRINT 2' in laser.papers()[1], laser.papers()


def choose_slip(office, n_labels):
    """Behind the order's labels."""
    office.find('label', re.compile(r'^Label\s.*·\s')).click()
    office.find('label', 'Packing slip')
    office.key(*['Down'] * n_labels, 'Return')
    office.wait_gone('label', re.compile(r'^Label\s.*·\s'))
    office.find('label', 'Packing slip')


@scenario(orders=0)
def a_printer_on_the_network_is_added_and_prints(shop):
    """Who may not add it is told what to do; who may has a queue with one click, and prints on it."""
    if not HAS_CUPS:
        return
    sql = stock(shop)
    with print_room() as (server, laser):
        network = Network('Laser at the door', laser.port)
        server.forbid(True)
        program = bench(shop, 'ST1', environment={'CUPS_SERVER': server.port, **network.environment})
        program.activate()
        program.key('ctrl+comma')
        program.find('label', 'Something is missing?').click(button=5, times=20)
        program.find('push button', 'Add Laser at the door').click()
        program.wait_text(re.compile('^You may not set up printers on this computer: .* lpadmin -p Laser_at_the_door -E -v ' + laser.uri))
        program.find('push button', 'Copy the command')
        assert 'Laser_at_the_door' not in server.run('lpstat', '-e')
        server.forbid(False)
        program.find('push button', 'Add Laser at the door').click()
        wait_for(lambda: 'Laser_at_the_door' in server.run('lpstat', '-e'), 'the queue')
        program.wait_gone('push button', 'Add Laser at the door')
        program.find('label', 'Laser at the door').click()
        program.find('push button', 'Print a test label').click()
        wait_for(lambda: len(laser.papers()) == 1, 'the test label')
        assert re.search('^Laser.at.the.door$.*^PDF', laser.papers()[0], re.M | re.S | re.I), laser.papers()

        # and is there to be chosen, for labels in the language of its driver
        program.find('page tab', 'Printers').click()
        program.find('label', 'Other labels').click()
        program.key('Down', 'Down', 'Return')

        def route():
            return sql("select profile #>> '{documents,sticker,printer}' || ' ' || (profile #>> '{documents,sticker,language}') from wb.station "
                       "where code = 'ST1'")
        wait_for(lambda: route() == 'Laser_at_the_door pdf', 'the route')
        program.find('push button', 'Undo').click()
        wait_for(lambda: route() == '', 'the route to be as it was')
        program.find('label', 'As the label printer')
        network.close()


if __name__ == '__main__':
    main()
