/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-sign.h"

void
wb_sign_set (GtkImage *image, const char *icon_name)
{
  g_return_if_fail (GTK_IS_IMAGE (image) && icon_name != NULL);

  if (g_strcmp0 (gtk_image_get_icon_name (image), icon_name) != 0)
    gtk_image_set_from_icon_name (image, icon_name);
}
