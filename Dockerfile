# The UI, then the one binary, then an image with nothing else in it and no root. The database is another container: see compose.yaml.
FROM node:20-bookworm-slim AS ui
WORKDIR /src/web/ui
COPY web/ui/package.json web/ui/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ui/ ./
RUN npm run build

FROM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd/ cmd/
COPY internal/ internal/
COPY migrations/ migrations/
COPY web/ web/
COPY --from=ui /src/web/dist/ web/dist/
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -tags=nomsgpack -trimpath -buildvcs=false -ldflags="-s -w -X main.version=$VERSION" -o /out/erp ./cmd/erp \
 && mkdir -m 1777 /out/tmp && mkdir /out/data && chown 10001:10001 /out/data \
 && echo 'erp:x:10001:10001:ERP:/data:/erp' > /out/passwd

FROM scratch
COPY --from=program /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=program /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=program /out/passwd /etc/passwd
COPY --from=program /out/tmp /tmp
COPY --from=program --chown=10001:10001 /out/data /data
COPY --from=program /out/erp /erp
ENV ZONEINFO=/zoneinfo.zip ERP_ADDR=0.0.0.0:8080 ERP_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
USER 10001
ENTRYPOINT ["/erp"]
CMD ["serve"]
