/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-wedge-trial.h"

struct _WbWedgeTrial
{
  WbWedgeOptions options;
  WbWedge *wedge;
  WbWedgeLook look;
  guint n_keys; /* the end too */
  gint64 first_us;
  gint64 last_us;
  gboolean is_over;
};

static void
known_cb (gboolean is_scan, const char *text, gpointer user_data)
{
  WbWedgeTrial *self = user_data;

  if (!is_scan)
    return;
  g_free (self->look.scan);
  self->look.scan = g_strdup (text);
}

static void
begin (WbWedgeTrial *self)
{
  g_clear_pointer (&self->wedge, wb_wedge_free);
  g_clear_pointer (&self->look.scan, g_free);
  self->look = (WbWedgeLook){ 0 };
  self->n_keys = 0;
  self->is_over = FALSE;
  self->wedge = wb_wedge_new (&self->options, known_cb, self);
}

WbWedgeTrial *
wb_wedge_trial_new (const WbWedgeOptions *options)
{
  WbWedgeTrial *self = g_new0 (WbWedgeTrial, 1);

  if (options != NULL)
    self->options = *options;
  begin (self);
  return self;
}

void
wb_wedge_trial_free (WbWedgeTrial *self)
{
  if (self == NULL)
    return;
  wb_wedge_free (self->wedge);
  g_free (self->look.scan);
  g_free (self);
}

void
wb_wedge_trial_key (WbWedgeTrial *self, gunichar letter, gint64 at_us)
{
  g_return_if_fail (self != NULL && letter != 0);

  if (self->is_over)
    begin (self);
  if (self->n_keys == 0)
    self->first_us = at_us;
  else
    self->look.longest_us = MAX (self->look.longest_us, at_us - self->last_us);
  self->n_keys++;
  self->last_us = at_us;
  self->look.end = letter == WB_WEDGE_ENTER || letter == WB_WEDGE_TAB ? letter : 0;
  if (self->look.end == 0)
    {
      self->look.first = self->look.n_letters == 0 ? letter : self->look.first;
      self->look.n_letters++;
    }
  wb_wedge_key (self->wedge, letter, at_us);
}

const WbWedgeLook *
wb_wedge_trial_end (WbWedgeTrial *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_keys == 0)
    return NULL;
  if (!self->is_over && wb_wedge_get_deadline (self->wedge) != 0)
    wb_wedge_wait (self->wedge, wb_wedge_get_deadline (self->wedge));
  self->is_over = TRUE;
  self->look.mean_us = self->n_keys > 1 ? (self->last_us - self->first_us) / (self->n_keys - 1) : 0;
  return &self->look;
}
