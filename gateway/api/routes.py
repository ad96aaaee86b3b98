"""Every operation as a route and as a piece of the description."""

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, redirect, request
from flask_limiter import Limiter
from flask_smorest import Api, Blueprint

from gateway.api import applicants, audit, files, recovery, session, spec  # noqa: F401 - all but the last mark the edge's own answers.
from gateway.api.views import view_of
from gateway.edge import edge
from gateway.operations import operations
from gateway.rpc import Away


def elsewhere() -> Any:
    """Live updates have a process of their own; whoever asks here for them is shown to its port."""
    port = edge().stream_port
    if not port:
        raise Away("stream")
    return redirect(f"{request.scheme}://{request.host.partition(':')[0]}:{port}{request.path}", 307)


DOORS = {
    "sign_in", "get_captcha", "get_captcha_audio", "ask_applicant_code", "create_applicant", "issue_token", "ask_recovery_code",
    "recover_password",
}  # fmt: skip


def register(app: Flask, limiter: Limiter, door_limit: str) -> Api:
    """A blueprint a service, a view an operation."""
    app.config.update(
        API_TITLE=spec.TITLE,
        API_VERSION=spec.VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
    )
    plugin = MarshmallowPlugin(schema_name_resolver=spec.schema_name)
    options: dict[str, Any] = {"marshmallow_plugin": plugin, "info": {"description": spec.INTRODUCTION}, "servers": [{"url": "/"}]}
    api = Api(app, spec_kwargs=options)
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(spec.decimal)
    plugin.converter.add_attribute_function(spec.named)
    plugin.converter.add_attribute_function(spec.pattern)
    spec.complete(api.spec)
    blueprints: dict[str, Blueprint] = {}
    for service, operation in operations():
        blueprint = blueprints.setdefault(service, spec.blueprint(service))
        view = view_of(service, operation)
        if operation.name in DOORS:
            view = limiter.limit(door_limit)(view)
        described = blueprint.doc(**spec.describe(service, operation))(view)
        rule = operation.path.replace("{", "<").replace("}", ">")
        blueprint.route(rule, methods=[operation.method], endpoint=operation.name)(described)
    gateway = blueprints["gateway"]
    gateway.route("/events/stream", methods=["GET"], endpoint="stream_events")(gateway.doc(**spec.describe_stream())(elsewhere))
    for blueprint in blueprints.values():
        api.register_blueprint(blueprint)
    return api
