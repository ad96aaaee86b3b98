"""Django REST framework over the same table, in the peers' own environment; ``rest_settings`` goes with it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import path
from rest_framework import generics, pagination, serializers


def _uuids(**options: Any) -> Any:
    return ArrayField(models.UUIDField(), default=list, **options)


class Hazard(models.Model):
    """The columns of a line of the ledger, and those that may not be empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise_id = models.UUIDField()
    region = models.TextField()
    industry = models.TextField(null=True)
    version = models.IntegerField(default=1, editable=False)
    number = models.TextField(null=True, editable=False)
    source = models.TextField(default="self_check")
    hazard_class = models.TextField()
    status = models.TextField(default="registered", editable=False)
    suspected_major = models.BooleanField(default=False)
    unit_id = models.UUIDField(null=True, blank=True)
    point_id = models.UUIDField(null=True, blank=True)
    point_name = models.TextField(null=True, blank=True)
    place = models.TextField()
    part = models.TextField(null=True, blank=True)
    category = models.TextField(null=True, blank=True)
    description = models.TextField()
    photos = _uuids(blank=True)
    found_at = models.DateTimeField(editable=False)
    found_by = models.TextField(default="bench", editable=False)
    found_by_name = models.TextField(default="基准", editable=False)
    registered_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    responsible_name = models.TextField(null=True, blank=True)
    measure = models.TextField(null=True, blank=True)
    measure_taken = models.TextField(null=True, blank=True)
    deadline_on = models.DateField(null=True, editable=False)
    first_deadline_on = models.DateField(null=True, editable=False)
    extensions = models.IntegerField(default=0, editable=False)
    after_photos = _uuids(blank=True)
    attempts = models.IntegerField(default=0, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    is_report_late = models.BooleanField(default=False, editable=False)
    progress = models.IntegerField(default=0, editable=False)
    is_acceptance_late = models.BooleanField(default=False, editable=False)
    listed = models.BooleanField(default=False, editable=False)

    class Meta:
        managed = False
        db_table = "hazard"
        app_label = "bench"


class HazardSerializer(serializers.ModelSerializer):
    class Meta:
        model = Hazard
        fields = "__all__"


class Keyset(pagination.CursorPagination):
    ordering = "-id"
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 200


class Hazards(generics.ListCreateAPIView):
    """The list with its filters, and one more hazard."""

    serializer_class = HazardSerializer
    pagination_class = Keyset

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        found = Hazard.objects.all()
        for name in ("enterprise_id", "status", "hazard_class"):
            if name in asked:
                found = found.filter(**{name: asked[name]})
        for name in ("region", "industry"):
            if name in asked:
                found = found.filter(**{f"{name}__startswith": asked[name]})
        return found

    def perform_create(self, serializer: Any) -> None:
        now = datetime.now(UTC)
        number = uuid.uuid4().hex
        serializer.save(found_at=now, registered_at=now, number=number, deadline_on=(now + timedelta(days=15)).date())


urlpatterns = [path("hazards", Hazards.as_view())]
