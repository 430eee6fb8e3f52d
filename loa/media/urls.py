"""The addresses of pictures."""

from django.urls import path

from loa.media import door

app_name = "media"
urlpatterns = [path("media/<str:name>", door.serve, name="serve")]
