/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <linux/input-event-codes.h>
#include <string.h>
#include <xkbcommon/xkbcommon.h>

#include "core/wb-scan.h"
#include "devices/wb-key-text.h"

/* XKB counts keys as X11 does. */
#define XKB_OFFSET 8

struct _WbKeyText
{
  struct xkb_context *context;
  struct xkb_keymap *keymap;
  struct xkb_state *state;
  GString *text;
  gboolean has_ended;
};

WbKeyText *
wb_key_text_new (const char *layout)
{
  g_autoptr(WbKeyText) self = g_new0 (WbKeyText, 1);
  const struct xkb_rule_names names = { .rules = "evdev", .model = "pc105", .layout = layout };

  g_return_val_if_fail (layout != NULL, NULL);

  self->text = g_string_new (NULL);
  self->context = xkb_context_new (XKB_CONTEXT_NO_ENVIRONMENT_NAMES);
  if (self->context == NULL)
    return NULL;
  /* a layout that is not there is the caller's to tell */
  xkb_context_set_log_level (self->context, XKB_LOG_LEVEL_CRITICAL);
  self->keymap = xkb_keymap_new_from_names (self->context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
  if (self->keymap == NULL)
    return NULL;
  self->state = xkb_state_new (self->keymap);
  return g_steal_pointer (&self);
}

void
wb_key_text_free (WbKeyText *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->state, xkb_state_unref);
  g_clear_pointer (&self->keymap, xkb_keymap_unref);
  g_clear_pointer (&self->context, xkb_context_unref);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static gboolean
is_end (guint16 code)
{
  return code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB;
}

gboolean
wb_key_text_take (WbKeyText *self, guint16 code, gint32 value)
{
  xkb_keycode_t key = (xkb_keycode_t) code + XKB_OFFSET;
  char letters[16] = "";
  int n = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->has_ended)
    g_string_truncate (self->text, 0);
  self->has_ended = FALSE;
  /* scanners do not hold keys down: what repeats is a key that got stuck */
  if (value > 1)
    return FALSE;
  if (value == 1 && is_end (code))
    {
      self->has_ended = self->text->len > 0;
      return self->has_ended;
    }
  if (value == 1)
    n = xkb_state_key_get_utf8 (self->state, key, letters, sizeof letters);
  xkb_state_update_key (self->state, key, value == 1 ? XKB_KEY_DOWN : XKB_KEY_UP);
  if (n > 0 && n < (int) sizeof letters && self->text->len + (gsize) n <= WB_SCAN_MAX)
    g_string_append_len (self->text, letters, n);
  return FALSE;
}

const char *
wb_key_text_get (WbKeyText *self, gsize *length)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  *length = self->text->len;
  return self->text->str;
}

void
wb_key_text_forget (WbKeyText *self)
{
  g_return_if_fail (self != NULL);

  g_string_truncate (self->text, 0);
  self->has_ended = FALSE;
  xkb_state_unref (self->state);
  self->state = xkb_state_new (self->keymap);
}
