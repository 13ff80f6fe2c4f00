/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One device of a bench, whatever it is: a scanner, a scale, an NFC reader, a camera. What they have
 * in common: an id that stays the same over unplugging, a state, a sentence for people, being opened
 * and closed, and coming back by themselves. What a device reports is a signal of its kind
 * (wb-scanner.h, wb-scale.h, …).
 *
 * Not for finding devices: that is wb-device-backend.h. Main thread; nothing blocks.
 */
#pragma once

#include <gio/gio.h>

#include "devices/wb-device-error.h"

G_BEGIN_DECLS

/**
 * WbDeviceKind:
 *
 * What a device is for. Its word (wb_device_kind_get_word()) is what stands in station profiles.
 */
typedef enum
{
  WB_DEVICE_KIND_SCANNER,
  WB_DEVICE_KIND_SCALE,
  WB_DEVICE_KIND_PRINTER,
  WB_DEVICE_KIND_NFC,
  WB_DEVICE_KIND_CAMERA,
  WB_DEVICE_KIND_VOICE,
} WbDeviceKind;

#define WB_DEVICE_N_KINDS (WB_DEVICE_KIND_VOICE + 1)

/**
 * WbDeviceState:
 * @WB_DEVICE_STATE_CLOSED: there, and nobody uses it
 * @WB_DEVICE_STATE_OPENING: being opened, or opened again after trouble
 * @WB_DEVICE_STATE_READY: reports what it sees
 * @WB_DEVICE_STATE_TROUBLE: cannot be used now; the message says why and what to do. It is tried
 *   again by itself.
 * @WB_DEVICE_STATE_GONE: unplugged. The object will not come back; plugged in again it is a new one
 *   with the same id.
 */
typedef enum
{
  WB_DEVICE_STATE_CLOSED,
  WB_DEVICE_STATE_OPENING,
  WB_DEVICE_STATE_READY,
  WB_DEVICE_STATE_TROUBLE,
  WB_DEVICE_STATE_GONE,
} WbDeviceState;

/**
 * WbDeviceOption:
 * @name: key in a station profile
 * @label: for people, not yet translated
 * @choices: (nullable): the words there are, separated by "|"; NULL takes any text
 * @fallback: its value when nobody said
 *
 * Something that can be set about a device. A class lists its options, so that the settings page,
 * profiles and the command line need to know no class by name.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *choices;
  const char *fallback;
} WbDeviceOption;

#define WB_TYPE_DEVICE (wb_device_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbDevice, wb_device, WB, DEVICE, GObject)

/**
 * WbDeviceClass:
 * @kind: what it is
 * @options: (array length=n_options): what can be set
 * @open: begins to open; says how it went, now or later, with _wb_device_opened() or
 *   _wb_device_failed(). Also called again after trouble.
 * @close: lets go of everything @open took, also when opening had not ended. Must not fail.
 */
struct _WbDeviceClass
{
  GObjectClass parent_class;

  WbDeviceKind kind;
  const WbDeviceOption *options;
  guint n_options;

  void (*open) (WbDevice *self);
  void (*close) (WbDevice *self);
};

/**
 * wb_device_kind_get_word:
 *
 * Returns: (transfer none): what stands in profiles, "scanner"
 */
const char *wb_device_kind_get_word (WbDeviceKind kind);

/**
 * wb_device_kind_from_word:
 *
 * Returns: whether there is such a kind
 */
gboolean wb_device_kind_from_word (const char *word, WbDeviceKind *kind);

WbDeviceKind wb_device_get_kind (WbDevice *self);

/**
 * wb_device_get_id:
 *
 * Returns: (transfer none): the same for the same device at the same machine, today and tomorrow:
 *   "usb:0c2e:0b61:18120B0D2E", "serial:usb-Zebra_…-if00", "cups:Zebra"
 */
const char *wb_device_get_id (WbDevice *self);

/**
 * wb_device_get_name:
 *
 * Returns: (transfer none): what people call it: maker and model
 */
const char *wb_device_get_name (WbDevice *self);
WbDeviceState wb_device_get_state (WbDevice *self);

/**
 * wb_device_get_message:
 *
 * Returns: (transfer none): what there is to say about the state, with what to do, as an error says it (lower case, no full
 *   stop); "" when there is nothing
 */
const char *wb_device_get_message (WbDevice *self);

/**
 * wb_device_get_option:
 *
 * Returns: (transfer none): what is set, or the option's fallback
 */
const char *wb_device_get_option (WbDevice *self, const char *name);

/**
 * wb_device_set_option:
 * @value: (nullable): NULL goes back to the fallback
 *
 * Takes effect when the device is opened next. Fails with %WB_DEVICE_ERROR_REFUSED when the device has no such option or
 * the option no such choice.
 */
gboolean wb_device_set_option (WbDevice *self, const char *name, const char *value, GError **error);

/**
 * wb_device_get_options:
 * @n_options: (out): how many
 *
 * Returns: (transfer none) (array length=n_options): what can be set
 */
const WbDeviceOption *wb_device_get_options (WbDevice *self, guint *n_options);

/**
 * wb_device_reopen:
 *
 * Opens it anew, so that what was set takes effect. Does nothing to a device that nobody wants.
 */
void wb_device_reopen (WbDevice *self);

/**
 * wb_device_open:
 *
 * Wants the device open from now on. Opens count: it stays open until as many wb_device_close().
 * How it goes is seen in its state. After trouble it is opened again by itself, after 0.5 s at first
 * and 10 s at the longest.
 */
void wb_device_open (WbDevice *self);
void wb_device_close (WbDevice *self);
gboolean wb_device_is_wanted (WbDevice *self);

/* ---- For drivers and backends -------------------------------------------------------------------- */

/**
 * _wb_device_opened:
 *
 * It works: READY, and the next trouble is tried again soon.
 */
void _wb_device_opened (WbDevice *self);

/**
 * _wb_device_failed:
 * @error: (transfer none): why; its message is shown
 *
 * It does not, or not any more: TROUBLE. The class's close is called before this returns, and open
 * again after a while if somebody still wants it.
 */
void _wb_device_failed (WbDevice *self, const GError *error);

/**
 * _wb_device_note:
 * @message: (nullable): a sentence about a device that works all the same (low battery)
 */
void _wb_device_note (WbDevice *self, const char *message);

/**
 * _wb_device_again:
 *
 * For drivers that hear of the end of a trouble: opens a device that waits for its next try now. Does nothing to one that works,
 * or that nobody wants.
 */
void _wb_device_again (WbDevice *self);

/**
 * _wb_device_gone:
 *
 * For backends: it was unplugged. Closes it for good.
 */
void _wb_device_gone (WbDevice *self);

G_END_DECLS
