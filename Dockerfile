# A program without a system around it. Give it the files to read:
#   docker run --rm --volume "$PWD:/work:ro" aksnetlint
FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=""
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# The rules are compiled into the program, which then starts in milliseconds.
RUN go generate -run packgen ./policies
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /aksnetlint ./cmd/aksnetlint

FROM scratch
COPY --from=build /aksnetlint /aksnetlint
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/aksnetlint"]
