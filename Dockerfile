# The UI, then the one binary, then an image with nothing else in it. The database is another container: see compose.yaml.
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
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w' -o /erp ./cmd/erp \
 && mkdir -p /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=program /erp /erp
COPY --from=program --chown=nonroot:nonroot /data /data
ENV ERP_ADDR=0.0.0.0:8080 ERP_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
USER nonroot
ENTRYPOINT ["/erp"]
CMD ["serve"]
