# The one image of the platform: every process of every service, by its command.  The base is an argument, so that a
# bureau builds on the Debian image that it trusts:  docker build --build-arg BASE=registry.example/debian:12-slim .
ARG BASE=debian:12-slim

# The pages, built by a Node that stays behind here.
FROM ${BASE} AS pages
RUN apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY gateway/web/node.lock gateway/web/package.json gateway/web/package-lock.json gateway/web/.npmrc ./
RUN python3 -m venv /opt/node && /opt/node/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r node.lock
# Node brings authorities of its own; a bureau's registry may be known to its base image alone.
ENV PATH=/opt/node/bin:/usr/bin:/bin NODE_USE_SYSTEM_CA=1
RUN npm ci --ignore-scripts
COPY gateway/web .
RUN npm run build

FROM ${BASE} AS build
RUN apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
COPY requirements.image.lock /build/
RUN python3 -m venv /opt/platform \
    && /opt/platform/bin/pip install --no-cache-dir --no-compile --disable-pip-version-check --require-hashes -r /build/requirements.image.lock \
    && /opt/platform/bin/pip uninstall --yes --quiet pip
COPY services /app/services
COPY gateway /app/gateway
RUN cd /app/gateway/web && rm -rf src scripts public index.html *.json *.ts *.lock *.in .npmrc
COPY --from=pages /build/dist /app/gateway/web/dist
RUN /opt/platform/bin/python -m compileall -q -j 0 /opt/platform/lib /app

FROM ${BASE}
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 ca-certificates fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin platform
COPY --from=build /opt/platform /opt/platform
COPY --from=build /app /app
ENV PATH=/opt/platform/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONWARNINGS=ignore::DeprecationWarning
WORKDIR /app
USER 10001:10001
CMD ["python", "-m", "services.runtime.serve"]
