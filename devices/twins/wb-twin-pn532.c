/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-ndef.h"
#include "devices/twins/wb-twin-line.h"
#include "devices/twins/wb-twin-pn532.h"

#define N_BLOCKS 45
#define BLOCK_SIZE 4
#define DATA_BLOCK 4
#define LAST_DATA_BLOCK 39

/* Errors of the chip, table 20. */
#define STATUS_TIMEOUT 0x01
#define STATUS_NAK 0x13

struct _WbTwinPn532
{
  WbTwinLine *line;
  GByteArray *received;
  guint8 memory[N_BLOCKS * BLOCK_SIZE];
  gboolean is_present;
  gboolean is_type_b;
  gboolean is_worn; /* says yes to what is written, and keeps nothing */
  gboolean is_mute;
  guint n_writes_left; /* until the tag is taken away; G_MAXUINT: never */
};

static void
send_frame (WbTwinPn532 *self, const guint8 *answer, gsize length)
{
  g_autoptr(GByteArray) frame = g_byte_array_new ();
  const guint8 begin[] = { 0x00, 0x00, 0xff, (guint8) (length + 1), (guint8) -(length + 1), 0xd5 };
  guint8 sum = 0xd5;
  guint8 end[2] = { 0 };

  for (gsize i = 0; i < length; i++)
    sum = (guint8) (sum + answer[i]);
  end[0] = (guint8) -sum;
  g_byte_array_append (frame, begin, sizeof begin);
  g_byte_array_append (frame, answer, (guint) length);
  g_byte_array_append (frame, end, sizeof end);
  wb_twin_line_say (self->line, (const char *) frame->data, frame->len);
}

/* What the tag answers; its length, or a status below zero. */
static int
ask_tag (WbTwinPn532 *self, const guint8 *command, gsize length, guint8 *answer)
{
  if (!self->is_present || self->is_type_b)
    return -STATUS_TIMEOUT;
  if (length == 2 && command[0] == 0x30 && command[1] < N_BLOCKS)
    {
      for (guint i = 0; i < 16; i++)
        answer[i] = self->memory[(command[1] * BLOCK_SIZE + i) % sizeof self->memory];
      return 16;
    }
  if (length == 6 && command[0] == 0xa2)
    {
      if (command[1] < DATA_BLOCK || command[1] > LAST_DATA_BLOCK || (self->memory[15] & 0x0f) != 0)
        return -STATUS_NAK;
      if (self->n_writes_left != G_MAXUINT && self->n_writes_left-- == 0)
        {
          self->is_present = FALSE;
          return -STATUS_TIMEOUT;
        }
      if (!self->is_worn)
        memcpy (self->memory + command[1] * BLOCK_SIZE, command + 2, BLOCK_SIZE);
      return 0;
    }
  return length == 2 && command[0] == 0x50 ? 0 : -STATUS_TIMEOUT;
}

/* A type B tag has a number and answers to nothing else. */
static gsize
list_type_b (WbTwinPn532 *self, guint8 *answer)
{
  if (!self->is_present || !self->is_type_b)
    return 2;
  answer[1] = 1;
  answer[2] = 1;
  answer[3] = 0x50;
  memcpy (answer + 4, self->memory, 4);
  memset (answer + 8, 0, 4 + 3);
  answer[15] = 1; /* of the answer to ATTRIB */
  answer[16] = 0;
  return 17;
}

/* InListPassiveTarget: type A and B at 106 kbit/s are all that there can be. */
static gsize
list_targets (WbTwinPn532 *self, const guint8 *command, gsize length, guint8 *answer)
{
  const guint8 uid[7] = { self->memory[0], self->memory[1], self->memory[2], self->memory[4],
                          self->memory[5], self->memory[6], self->memory[7] };

  answer[1] = 0;
  if (length >= 3 && command[2] == 3)
    return list_type_b (self, answer);
  if (length < 3 || command[2] != 0 || !self->is_present || self->is_type_b || (length >= 10 && memcmp (command + 3, uid, sizeof uid) != 0))
    return 2;
  answer[1] = 1;
  answer[2] = 1;
  answer[3] = 0x00;
  answer[4] = 0x44;
  answer[5] = 0x00;
  answer[6] = sizeof uid;
  memcpy (answer + 7, uid, sizeof uid);
  return 7 + sizeof uid;
}

static void
take_command (WbTwinPn532 *self, const guint8 *command, gsize length)
{
  static const guint8 ack[] = { 0x00, 0x00, 0xff, 0x00, 0xff, 0x00 };
  guint8 answer[280] = { (guint8) (command[0] + 1) };
  gsize n = 1;
  int tag = 0;

  wb_twin_line_say (self->line, (const char *) ack, sizeof ack);
  switch (command[0])
    {
    case 0x00: /* Diagnose: the line test is sent back */
      memcpy (answer + 1, command + 1, length - 1);
      n = length;
      break;
    case 0x02: /* GetFirmwareVersion: PN532 1.6 */
      memcpy (answer + 1, ((const guint8[]){ 0x32, 0x01, 0x06, 0x07 }), 4);
      n = 5;
      break;
    case 0x04: /* GetGeneralStatus */
      memset (answer + 1, 0, 4);
      answer[4] = 0x80;
      n = 5;
      break;
    case 0x06: /* ReadRegister */
      n = 1 + (length - 1) / 2;
      break;
    case 0x40: /* InDataExchange */
    case 0x42: /* InCommunicateThru */
      {
        gsize skip = command[0] == 0x40 ? 2 : 1;

        tag = ask_tag (self, command + skip, length - skip, answer + 2);
        answer[1] = (guint8) MAX (-tag, 0);
        n = 2 + (gsize) MAX (tag, 0);
        break;
      }
    case 0x44: /* InDeselect */
    case 0x52: /* InRelease */
    case 0x54: /* InSelect */
      answer[1] = command[0] == 0x54 && !self->is_present ? 0x27 : 0;
      n = 2;
      break;
    case 0x4a:
      n = list_targets (self, command, length, answer);
      break;
    case 0x16: /* PowerDown */
      answer[1] = 0;
      n = 2;
      break;
    default: /* WriteRegister, SetParameters, SAMConfiguration, RFConfiguration */
      break;
    }
  send_frame (self, answer, n);
}

/* Works off a frame at the beginning of what came, or drops what is none; FALSE when more is wanted. */
static gboolean
take_frame (WbTwinPn532 *self)
{
  const guint8 *bytes = self->received->data;
  guint left = self->received->len;
  guint length = 0;

  if (left < 4)
    return FALSE;
  if (bytes[0] != 0x00 || bytes[1] != 0xff)
    {
      g_byte_array_remove_range (self->received, 0, 1);
      return TRUE;
    }
  length = bytes[2];
  if (length == 0 && bytes[3] == 0xff) /* the host takes its command back */
    {
      g_byte_array_remove_range (self->received, 0, 4);
      return TRUE;
    }
  if ((guint8) (length + bytes[3]) != 0)
    {
      g_byte_array_remove_range (self->received, 0, 1);
      return TRUE;
    }
  if (left < 4 + length + 1)
    return FALSE;
  if (length > 1 && bytes[4] == 0xd4)
    {
      g_autofree guint8 *command = g_memdup2 (bytes + 5, length - 1);

      g_byte_array_remove_range (self->received, 0, 4 + length + 1);
      take_command (self, command, length - 1);
    }
  else
    g_byte_array_remove_range (self->received, 0, 4 + length + 1);
  return TRUE;
}

static void
received_cb (WbTwinLine *line, const char *bytes, gsize length, gpointer user_data)
{
  WbTwinPn532 *self = user_data;

  if (self->is_mute)
    return;
  g_byte_array_append (self->received, (const guint8 *) bytes, (guint) length);
  while (take_frame (self))
    ;
}

WbTwinPn532 *
wb_twin_pn532_new (const char *path, GError **error)
{
  g_autoptr(WbTwinPn532) self = g_new0 (WbTwinPn532, 1);

  self->received = g_byte_array_new ();
  self->n_writes_left = G_MAXUINT;
  self->line = wb_twin_line_new (path, received_cb, self, error);
  return self->line != NULL ? g_steal_pointer (&self) : NULL;
}

void
wb_twin_pn532_free (WbTwinPn532 *self)
{
  if (self == NULL)
    return;
  wb_twin_line_free (self->line);
  g_byte_array_unref (self->received);
  g_free (self);
}

void
wb_twin_pn532_hold (WbTwinPn532 *self, const guint8 uid[7], GBytes *message)
{
  static const guint8 capability[] = { 0xe1, 0x10, 0x12, 0x00, 0x03, 0x00, 0xfe };

  memset (self->memory, 0, sizeof self->memory);
  memcpy (self->memory, uid, 3);
  self->memory[3] = (guint8) (0x88 ^ uid[0] ^ uid[1] ^ uid[2]);
  memcpy (self->memory + 4, uid + 3, 4);
  memcpy (self->memory + 12, capability, sizeof capability);
  if (message != NULL)
    {
      g_autoptr(GBytes) wrapped = wb_ndef_wrap_for_type2 (message);
      gsize length = 0;
      const guint8 *bytes = g_bytes_get_data (wrapped, &length);

      memcpy (self->memory + DATA_BLOCK * BLOCK_SIZE, bytes, length);
    }
  self->n_writes_left = G_MAXUINT;
  self->is_type_b = FALSE;
  self->is_worn = FALSE;
  self->is_present = TRUE;
}

void
wb_twin_pn532_hold_b (WbTwinPn532 *self, const guint8 number[4])
{
  memset (self->memory, 0, sizeof self->memory);
  memcpy (self->memory, number, 4);
  self->is_type_b = TRUE;
  self->is_present = TRUE;
}

void
wb_twin_pn532_wear_out (WbTwinPn532 *self)
{
  self->is_worn = TRUE;
}

void
wb_twin_pn532_take_away (WbTwinPn532 *self)
{
  self->is_present = FALSE;
}

void
wb_twin_pn532_lock (WbTwinPn532 *self)
{
  self->memory[15] = 0x0f;
}

void
wb_twin_pn532_tear (WbTwinPn532 *self, guint n_writes)
{
  self->n_writes_left = n_writes;
}

void
wb_twin_pn532_mute (WbTwinPn532 *self, gboolean is_mute)
{
  self->is_mute = is_mute;
}

const guint8 *
wb_twin_pn532_get_memory (WbTwinPn532 *self)
{
  return self->memory + DATA_BLOCK * BLOCK_SIZE;
}
