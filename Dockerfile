# Two stages: Go builds one static binary, and the image holds that, the
# certificates to reach a mail server by, and nothing else. The Go image is an
# argument so that a mirror or a local copy can stand in.
ARG GO_IMAGE=golang:1.26

FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=development
ARG COMMIT=unknown
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
      -ldflags "-s -w -X main.version=${VERSION} -X main.commit=${COMMIT}" \
      -o /out/site ./cmd/site \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/site /site
# The one volume: database, pictures and outgoing mail. Everything else is
# read-only: run with --read-only.
COPY --from=build --chown=65532:65532 /out/data /data
VOLUME /data
WORKDIR /
USER 65532:65532
# SITE_URL has no default: the container does not start without it, because
# links, mail and cookies need the public address.
ENV SITE_ADDR=0.0.0.0:8080 \
    SITE_DATABASE=sqlite:/data/site.db \
    SITE_MEDIA=file:/data/media \
    SITE_MAIL=dir:/data/outbox
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=4s --start-period=10s --retries=3 CMD ["/site", "health"]
ENTRYPOINT ["/site"]
CMD ["serve"]
