/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-change.h"

static void
free_field (gpointer data)
{
  WbChangeField *field = data;

  g_free (field->name);
  g_free (field->old);
  g_free (field->now);
  g_free (field);
}

WbChange *
wb_change_new (void)
{
  WbChange *self = g_new0 (WbChange, 1);

  self->fields = g_ptr_array_new_with_free_func (free_field);
  return self;
}

void
wb_change_add_field (WbChange *self, const char *name, const char *old, const char *now)
{
  WbChangeField *field = g_new0 (WbChangeField, 1);

  g_return_if_fail (self != NULL && name != NULL);

  field->name = g_strdup (name);
  field->old = g_strdup (old != NULL ? old : "");
  field->now = g_strdup (now != NULL ? now : "");
  g_ptr_array_add (self->fields, field);
}

void
wb_change_free (WbChange *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->at, g_date_time_unref);
  g_free (self->actor);
  g_free (self->seat);
  g_free (self->act);
  g_free (self->act_id);
  g_free (self->reason);
  g_free (self->about);
  g_ptr_array_unref (self->fields);
  g_free (self);
}
