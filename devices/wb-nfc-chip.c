/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <nfc/nfc.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-ndef.h"
#include "devices/wb-device-error.h"
#include "devices/wb-nfc-chip.h"

/* Commands of Type 2 tags (NFC Forum "Type 2 Tag" 1.1, 5). */
#define TYPE2_READ 0x30
#define TYPE2_WRITE 0xa2
#define BLOCK_SIZE 4
#define BLOCKS_A_READ 4
#define CAPABILITY_BLOCK 3
#define DATA_BLOCK 4
#define CAPABILITY_MAGIC 0xe1
/* SAK of a tag without more than Type 2 */
#define SAK_TYPE2 0x00

#define ANSWER_TIMEOUT_MS 300
/* What one byte counts as blocks; behind them a tag begins anew, with what must never be written. */
#define MAX_MEMORY ((256 - DATA_BLOCK) * BLOCK_SIZE)
#define MAX_READERS 16
/* How long libnfc may take to let go of a reader that does not answer any more. */
#define CLOSE_US (5 * G_USEC_PER_SEC)
#define USB_FOLDER "/sys/bus/usb/devices"

struct _WbNfcChip
{
  nfc_context *context;
  nfc_device *device;
  char *address;
  guint8 sak; /* of the tag in the field */
};

static gboolean
fail (GError **error, int code, const char *text)
{
  g_set_error_literal (error, WB_DEVICE_ERROR, code, text);
  return FALSE;
}

/* libnfc (1.8) keeps its drivers in one list for the whole program: the end of any context empties it under all others. So there is
 * one context, and who opens or lists holds the lock. */
static GMutex lock;
static GCond given_back;
static GHashTable *taken = NULL; /* addresses that are open, or still being closed */
static nfc_context *shared = NULL;
static guint n_users = 0;

static nfc_context *
take_context (void)
{
  if (n_users++ == 0)
    nfc_init (&shared);
  return shared;
}

static void
drop_context (void)
{
  if (--n_users > 0)
    return;
  if (shared != NULL)
    nfc_exit (shared);
  shared = NULL;
}

static guint64
read_number (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (USB_FOLDER, folder, name, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_ascii_strtoull (text, NULL, 10) : 0;
}

/* Who has the first interface of the device at "001:005": a driver of the kernel, "usbfs" for a program, NULL for nobody. */
static char *
find_owner (const char *bus, const char *number)
{
  g_autoptr(GDir) devices = g_dir_open (USB_FOLDER, 0, NULL);

  for (const char *name = NULL; devices != NULL && (name = g_dir_read_name (devices)) != NULL;)
    if (strchr (name, ':') == NULL && read_number (name, "busnum") == g_ascii_strtoull (bus, NULL, 10)
        && read_number (name, "devnum") == g_ascii_strtoull (number, NULL, 10))
      {
        g_autofree char *interface = g_strdup_printf (USB_FOLDER "/%s:1.0/driver", name);
        g_autofree char *driver = g_file_read_link (interface, NULL);

        return driver != NULL ? g_path_get_basename (driver) : NULL;
      }
  return NULL;
}

static gboolean
has_place (char **parts)
{
  return g_strv_length (parts) == 3 && g_str_has_suffix (parts[0], "_usb");
}

/* libnfc (1.8) looks into descriptors that it could not read when it opens a reader at USB, but not when it lists them. */
static gboolean
may_open (nfc_context *context, const char *address)
{
  g_auto(GStrv) parts = g_strsplit (address, ":", -1);
  nfc_connstring found[MAX_READERS];
  gsize n = 0;

  if (!has_place (parts))
    return TRUE;
  n = nfc_list_devices (context, found, G_N_ELEMENTS (found));
  for (gsize i = 0; i < n; i++)
    if (strcmp (found[i], address) == 0)
      return TRUE;
  return FALSE;
}

/* libnfc only says that it did not work. */
static void
say_why (const char *address, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (address, ":", -1);
  gboolean is_usb = has_place (parts);
  g_autofree char *file = is_usb ? g_strdup_printf ("/dev/bus/usb/%s/%s", parts[1], parts[2]) : NULL;
  g_autofree char *owner = is_usb ? find_owner (parts[1], parts[2]) : NULL;

  if (file != NULL && g_access (file, R_OK | W_OK) != 0 && errno == EACCES)
    fail (error, WB_DEVICE_ERROR_REFUSED,
          _ ("you have no right to use this USB device: an administrator has to give it to you with a udev rule"));
  else if (g_strcmp0 (owner, "usbfs") == 0)
    fail (error, WB_DEVICE_ERROR_REFUSED,
          _ ("another program is using the NFC reader: close that program (“sudo systemctl stop pcscd.socket pcscd” if it is the one for chip cards)"));
  else if (owner != NULL)
    fail (error, WB_DEVICE_ERROR_REFUSED, _ ("the kernel's own driver has the NFC reader: run “sudo modprobe -r pn533_usb pn533”"));
  else
    fail (error, WB_DEVICE_ERROR_OFFLINE, _ ("the NFC reader does not answer: plug it in again"));
}

/* Whoever had it before, in another thread, may still be letting go of it: that would look as if another program had it. */
static void
take_address (WbNfcChip *self, const char *address)
{
  gint64 end = g_get_monotonic_time () + CLOSE_US;

  while (taken != NULL && g_hash_table_contains (taken, address) && g_cond_wait_until (&given_back, &lock, end))
    ;
  if (taken == NULL)
    taken = g_hash_table_new (g_str_hash, g_str_equal);
  self->address = g_strdup (address);
  g_hash_table_replace (taken, self->address, self);
}

static void
give_back_address (WbNfcChip *self)
{
  /* unless it took so long that somebody else has it already */
  if (taken != NULL && g_hash_table_lookup (taken, self->address) == self)
    g_hash_table_remove (taken, self->address);
  if (taken != NULL && g_hash_table_size (taken) == 0)
    g_clear_pointer (&taken, g_hash_table_unref);
  g_free (self->address);
  g_cond_broadcast (&given_back);
}

WbNfcChip *
wb_nfc_chip_open (const char *address, GError **error)
{
  g_autoptr(WbNfcChip) self = g_new0 (WbNfcChip, 1);

  g_return_val_if_fail (address != NULL, NULL);

  g_mutex_lock (&lock);
  take_address (self, address);
  self->context = take_context ();
  if (self->context != NULL && may_open (self->context, address))
    self->device = nfc_open (self->context, address);
  g_mutex_unlock (&lock);
  if (self->device != NULL && nfc_initiator_init (self->device) >= 0
      && nfc_device_set_property_bool (self->device, NP_INFINITE_SELECT, FALSE) >= 0)
    return g_steal_pointer (&self);
  g_clear_pointer (&self, wb_nfc_chip_close);
  say_why (address, error);
  return NULL;
}

char **
wb_nfc_chip_list (void)
{
  nfc_connstring found[MAX_READERS];
  g_autoptr(GStrvBuilder) list = g_strv_builder_new ();
  nfc_context *context = NULL;
  gsize n = 0;

  g_mutex_lock (&lock);
  context = take_context ();
  if (context != NULL)
    n = nfc_list_devices (context, found, G_N_ELEMENTS (found));
  drop_context ();
  g_mutex_unlock (&lock);
  for (gsize i = 0; i < n; i++)
    g_strv_builder_add (list, found[i]);
  return g_strv_builder_end (list);
}

void
wb_nfc_chip_close (WbNfcChip *self)
{
  if (self == NULL)
    return;
  if (self->device != NULL)
    nfc_close (self->device);
  g_mutex_lock (&lock);
  give_back_address (self);
  drop_context ();
  g_mutex_unlock (&lock);
  g_free (self);
}

/* What select says when nothing is there, which is not the reader's fault. */
static gboolean
is_nobody (int code)
{
  return code == 0 || code == NFC_ERFTRANS || code == NFC_ETGRELEASED || code == NFC_EDEVNOTSUPP;
}

gboolean
wb_nfc_chip_look (WbNfcChip *self, WbNfcTag **tag, GError **error)
{
  static const nfc_modulation modulations[] = {
    { .nmt = NMT_ISO14443A, .nbr = NBR_106 },
    { .nmt = NMT_ISO14443B, .nbr = NBR_106 },
  };

  *tag = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (modulations); i++)
    {
      nfc_target target = { 0 };
      int code = nfc_initiator_select_passive_target (self->device, modulations[i], NULL, 0, &target);

      if (code > 0 && modulations[i].nmt == NMT_ISO14443A)
        {
          self->sak = target.nti.nai.btSak;
          *tag = wb_nfc_tag_new (target.nti.nai.abtUid, MIN (target.nti.nai.szUidLen, sizeof target.nti.nai.abtUid), 'A');
          return TRUE;
        }
      if (code > 0)
        {
          *tag = wb_nfc_tag_new (target.nti.nbi.abtPupi, sizeof target.nti.nbi.abtPupi, 'B');
          return TRUE;
        }
      if (!is_nobody (code))
        return fail (error, WB_DEVICE_ERROR_OFFLINE, _ ("the NFC reader does not answer any more: plug it in again"));
    }
  return TRUE;
}

static gboolean
read_blocks (WbNfcChip *self, guint block, guint8 bytes[BLOCKS_A_READ * BLOCK_SIZE])
{
  const guint8 command[] = { TYPE2_READ, (guint8) block };

  return nfc_initiator_transceive_bytes (self->device, command, sizeof command, bytes, BLOCKS_A_READ * BLOCK_SIZE,
                                         ANSWER_TIMEOUT_MS)
         == BLOCKS_A_READ * BLOCK_SIZE;
}

static GByteArray *
read_memory (WbNfcChip *self, gsize size)
{
  g_autoptr(GByteArray) memory = g_byte_array_new ();
  guint8 bytes[BLOCKS_A_READ * BLOCK_SIZE];

  for (guint block = DATA_BLOCK; memory->len < size && memory->len < MAX_MEMORY; block += BLOCKS_A_READ)
    {
      if (!read_blocks (self, block, bytes))
        return NULL;
      g_byte_array_append (memory, bytes, (guint) MIN (sizeof bytes, size - memory->len));
    }
  return g_steal_pointer (&memory);
}

/* The message in the first @size bytes; where it goes on behind them, @size says how much is wanted. */
static GPtrArray *
read_message (WbNfcChip *self, gsize capacity, GError **error)
{
  gsize size = BLOCKS_A_READ * BLOCK_SIZE;

  for (;;)
    {
      g_autoptr(GError) problem = NULL;
      g_autoptr(GByteArray) memory = read_memory (self, MIN (size, capacity));
      gsize offset = 0;
      gsize length = 0;

      if (memory == NULL)
        {
          fail (error, WB_DEVICE_ERROR_FAILED, _ ("the tag was taken away too soon"));
          return NULL;
        }
      if (wb_ndef_find_in_type2 (memory->data, memory->len, &offset, &length, &problem))
        return wb_ndef_parse (memory->data + offset, length, error);
      if (!g_error_matches (problem, WB_ERROR, WB_ERROR_LIMIT) || size >= capacity)
        {
          /* other blocks may stand before the message */
          if (size >= capacity)
            {
              g_propagate_error (error, g_steal_pointer (&problem));
              return NULL;
            }
          length = capacity;
        }
      size = MAX (length, size + 1);
    }
}

static gsize
read_capacity (WbNfcChip *self, gboolean *is_writable)
{
  guint8 bytes[BLOCKS_A_READ * BLOCK_SIZE];

  *is_writable = FALSE;
  if (self->sak != SAK_TYPE2 || !read_blocks (self, CAPABILITY_BLOCK, bytes) || bytes[0] != CAPABILITY_MAGIC)
    return 0;
  *is_writable = (bytes[3] & 0x0f) == 0;
  return MIN ((gsize) bytes[2] * 8, MAX_MEMORY);
}

void
wb_nfc_chip_read (WbNfcChip *self, WbNfcTag *tag)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_writable = FALSE;
  gsize capacity = tag->type == 'A' ? read_capacity (self, &is_writable) : 0;

  if (capacity == 0)
    return;
  /* the block around a message and its end */
  tag->capacity = is_writable && capacity > 5 ? (guint) capacity - (capacity > 256 ? 5 : 3) : 0;
  records = read_message (self, capacity, &error);
  if (records != NULL)
    tag->text = g_strdup (wb_ndef_get_text (records));
  else
    tag->problem = g_strdup (error->message);
}

static gboolean
write_block (WbNfcChip *self, guint block, const guint8 *bytes)
{
  guint8 command[2 + BLOCK_SIZE] = { TYPE2_WRITE, (guint8) block };
  guint8 answer[16];

  memcpy (command + 2, bytes, BLOCK_SIZE);
  return nfc_initiator_transceive_bytes (self->device, command, sizeof command, answer, sizeof answer, ANSWER_TIMEOUT_MS) >= 0;
}

gboolean
wb_nfc_chip_write (WbNfcChip *self, const WbNfcTag *tag, GBytes *message, GError **error)
{
  g_autoptr(GBytes) memory = wb_ndef_wrap_for_type2 (message);
  g_autoptr(GByteArray) back = NULL;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (memory, &size);
  g_autoptr(WbNfcTag) now = NULL;

  if (!wb_nfc_chip_look (self, &now, error))
    return FALSE;
  if (now == NULL || strcmp (now->uid, tag->uid) != 0)
    return fail (error, WB_DEVICE_ERROR_FAILED, _ ("the tag was taken away: hold it to the reader again"));
  if (tag->capacity == 0)
    return fail (error, WB_DEVICE_ERROR_REFUSED, _ ("this tag cannot be written: take another one"));
  if (g_bytes_get_size (message) > tag->capacity)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("the tag holds %u bytes and this takes %u"), tag->capacity,
                   (guint) g_bytes_get_size (message));
      return FALSE;
    }
  /* the first block last: half a write is a tag without a message, not one with half a message */
  for (gsize at = BLOCK_SIZE; at < size; at += BLOCK_SIZE)
    if (!write_block (self, DATA_BLOCK + (guint) (at / BLOCK_SIZE), bytes + at))
      return fail (error, WB_DEVICE_ERROR_FAILED, _ ("the tag did not take it: hold it to the reader until it is done"));
  if (!write_block (self, DATA_BLOCK, bytes))
    return fail (error, WB_DEVICE_ERROR_FAILED, _ ("the tag did not take it: hold it to the reader until it is done"));
  back = read_memory (self, size);
  if (back == NULL || memcmp (back->data, bytes, size) != 0)
    return fail (error, WB_DEVICE_ERROR_FAILED, _ ("what stands on the tag is not what was written: try again, or take another tag"));
  return TRUE;
}
