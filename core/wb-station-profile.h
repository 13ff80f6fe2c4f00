/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a station is made of, as kept in the database, so that any machine can become it: its devices with their names, roles
 * and options, those that somebody has to name because they do not say what they are, and which document comes out
 * where. Not for what is plugged in now: that is devices/wb-device-rig.h.
 *
 *     { "devices": [ { "id": "usb:0c2e:0b61:18120B0D2E", "kind": "scanner", "name": "Left one", "role": "any",
 *                      "used": true, "options": { "prefix": "stx" } },
 *                    { "id": "serial:/dev/ttyS0", "kind": "scale", "driver": "serial-sics", "options": { "baud": "9600" } } ],
 *       "documents": { "label": { "printer": "Zebra", "tray": "", "language": "zpl", "dpi": 203, "media": "gap 101.6x152.4 3" } },
 *       "sounds": true, … }
 *
 * What this version does not know stays where it is and is written back. A plain value; any thread, not shared while it is changed.
 * Errors are WB_ERROR: INVALID, LIMIT, and say where.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** More than this no bench has. */
#define WB_STATION_MAX_DEVICES 100
#define WB_STATION_PROFILE_MAX 65536

/** Documents that come out somewhere; the keys of "documents". */
#define WB_STATION_DOCUMENT_LABEL "label"
#define WB_STATION_DOCUMENT_PAPER "paper"
#define WB_STATION_DOCUMENT_PICK_LIST "pick-list"
#define WB_STATION_DOCUMENT_PACKING_SLIP "packing-slip"
#define WB_STATION_DOCUMENT_COMMAND_SHEET "command-sheet"
#define WB_STATION_DOCUMENT_STICKER "sticker"
#define WB_STATION_DOCUMENT_TEST "test"

/** Roles: everything a device of its kind can do; people's badges alone; whatever is held to it confirms the step; a camera that reads
 * codes and takes no photos. */
#define WB_STATION_ROLE_ANY "any"
#define WB_STATION_ROLE_BADGE "badge"
#define WB_STATION_ROLE_CONFIRM "confirm"
#define WB_STATION_ROLE_CODES "codes"

/**
 * WbStationDevice:
 * @id: of a WbDevice; of what somebody named "serial:PATH", "nfc:ADDRESS" or "keyboard:VVVV:PPPP"
 * @kind: "scanner", "scale", "nfc", …; "" when nobody said
 * @name: what people here call it; "" for what its maker does
 * @role: what it is used for
 * @driver: which code talks to it, for one that somebody named; ""
 * @is_used: whether this station uses it when it is plugged in
 * @options: (element-type utf8 utf8): see WbDeviceOption
 * @others: (element-type utf8 utf8): members this version does not know, as JSON
 */
typedef struct
{
  char *id;
  char *kind;
  char *name;
  char *role;
  char *driver;
  gboolean is_used;
  GHashTable *options;
  GHashTable *others;
} WbStationDevice;

/**
 * WbStationRoute:
 * @document: which
 * @printer: print queue; "" keeps it as a file
 * @tray: where the paper lies; "" as the printer likes
 * @language: what the printer understands: "zpl", "pdf", …; "" as the document has it
 * @dpi: dots an inch, for languages that are told in dots; 0: 203
 * @media: what lies in a label printer, see wb_label_media_parse(); "" when nobody said so
 * @others: (element-type utf8 utf8): members this version does not know, as JSON
 *
 * Where a document comes out.
 */
typedef struct
{
  char *document;
  char *printer;
  char *tray;
  char *language;
  guint dpi;
  char *media;
  GHashTable *others;
} WbStationRoute;

typedef struct _WbStationProfile WbStationProfile;

#define WB_TYPE_STATION_PROFILE (wb_station_profile_get_type ())
GType wb_station_profile_get_type (void) G_GNUC_CONST;

/**
 * wb_station_profile_new:
 *
 * Returns: (transfer full): a profile of which nobody has said anything
 */
WbStationProfile *wb_station_profile_new (void);
WbStationProfile *wb_station_profile_copy (const WbStationProfile *self);
void wb_station_profile_free (WbStationProfile *self);

/**
 * wb_station_profile_parse:
 * @text: JSON; at most %WB_STATION_PROFILE_MAX bytes
 *
 * Returns: (transfer full): a profile
 */
WbStationProfile *wb_station_profile_parse (const char *text, GError **error);

/**
 * wb_station_profile_to_json:
 *
 * Returns: (transfer full): one text for one profile, whatever the order of its members was
 */
char *wb_station_profile_to_json (const WbStationProfile *self);
gboolean wb_station_profile_equal (const WbStationProfile *a, const WbStationProfile *b);

/**
 * wb_station_profile_is_empty:
 *
 * Returns: whether nobody has said anything yet
 */
gboolean wb_station_profile_is_empty (const WbStationProfile *self);

/**
 * wb_station_profile_get_devices:
 *
 * Returns: (transfer none) (element-type WbStationDevice): in the order they were added
 */
GPtrArray *wb_station_profile_get_devices (const WbStationProfile *self);

/**
 * wb_station_profile_find_device:
 *
 * Returns: (transfer none) (nullable): what is said about it
 */
const WbStationDevice *wb_station_profile_find_device (const WbStationProfile *self, const char *id);

/**
 * wb_station_profile_ensure_device:
 *
 * Returns: (transfer none): what is said about it, to be changed; a new one is used, for anything
 */
WbStationDevice *wb_station_profile_ensure_device (WbStationProfile *self, const char *id);
gboolean wb_station_profile_remove_device (WbStationProfile *self, const char *id);

/**
 * wb_station_device_set_text:
 * @text: one of the members of @device
 */
void wb_station_device_set_text (char **text, const char *value);

/**
 * wb_station_device_set_option:
 * @value: (nullable): %NULL goes back to what it was
 */
void wb_station_device_set_option (WbStationDevice *device, const char *name, const char *value);

/**
 * wb_station_profile_find_route:
 *
 * Returns: (transfer none) (nullable): what is said about this document and no other
 */
const WbStationRoute *wb_station_profile_find_route (const WbStationProfile *self, const char *document);

/**
 * wb_station_profile_get_route:
 *
 * Returns: (transfer none) (nullable): where it comes out: a pick list, packing slip or command sheet where papers do unless it has a
 *   place of its own, a test where labels do
 */
const WbStationRoute *wb_station_profile_get_route (const WbStationProfile *self, const char *document);

/**
 * wb_station_profile_ensure_route:
 *
 * Returns: (transfer none): where it comes out, to be changed
 */
WbStationRoute *wb_station_profile_ensure_route (WbStationProfile *self, const char *document);
void wb_station_profile_remove_route (WbStationProfile *self, const char *document);

/**
 * wb_station_profile_get_sounds:
 *
 * Returns: whether right and wrong are also heard
 */
gboolean wb_station_profile_get_sounds (const WbStationProfile *self);

/**
 * wb_station_profile_set_sounds:
 *
 * Says so, also where it is what nobody has to say.
 */
void wb_station_profile_set_sounds (WbStationProfile *self, gboolean sounds);

/**
 * wb_station_profile_get_other:
 * @name: of a member that this file gives no meaning to: "voice", "camera"
 *
 * Returns: (transfer none) (nullable): its value as JSON
 */
const char *wb_station_profile_get_other (const WbStationProfile *self, const char *name);

/**
 * wb_station_profile_set_other:
 * @json: (nullable): one JSON value; %NULL takes the member away
 *
 * Fails with %WB_ERROR_INVALID when it is no JSON, or a member that has its own functions.
 */
gboolean wb_station_profile_set_other (WbStationProfile *self, const char *name, const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStationProfile, wb_station_profile_free)

G_END_DECLS
