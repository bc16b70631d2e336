# Two stages: the first contains the build tools, the second only the runtime.

# The digest names the exact image. For a newer one (security updates of its packages), ask for the digest with
# `docker buildx imagetools inspect python:3.11-slim` and replace it here, in both stages.
FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7 AS build
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

COPY requirements-runtime.lock ./
RUN python -m venv /opt/concord \
    && /opt/concord/bin/pip install --require-hashes -r requirements-runtime.lock

# Only the build backend, pinned and hashed.
COPY requirements-build.lock ./
RUN pip install --require-hashes -r requirements-build.lock

COPY pyproject.toml README.md ./
COPY models models
COPY optimizer optimizer
COPY service service
COPY examples examples
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/concord/bin/pip install --no-deps --no-index /wheels/*.whl


FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7
RUN useradd --system --uid 10001 --no-create-home concord \
    && install -d -o concord -g concord /data
COPY --from=build /opt/concord /opt/concord

ENV PATH=/opt/concord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CONCORD_DATABASE=sqlite:////data/concord.db

USER concord
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["concord", "serve", "--host", "0.0.0.0", "--port", "8000"]
