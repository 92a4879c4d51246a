# The environment is built in one stage and copied to the other, which has no package tools in it but Python's own.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv --without-pip /opt/rung
COPY requirements.lock ./
RUN python -m pip --python /opt/rung/bin/python install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot bot
RUN python -m pip --python /opt/rung/bin/python install --no-cache-dir --no-deps --no-build-isolation . \
 && python -m pip --python /opt/rung/bin/python uninstall --yes flit_core

FROM python:3.11-slim
RUN groupadd --gid 10001 rung \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin rung \
 && install --directory --owner=rung --group=rung --mode=0750 /data
COPY --from=build /opt/rung /opt/rung
ENV PATH=/opt/rung/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    DATABASE_URL=sqlite:////data/rung.db \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080
WORKDIR /data
VOLUME /data
EXPOSE 8080
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["rung", "health"]
ENTRYPOINT ["rung"]
CMD ["run"]
