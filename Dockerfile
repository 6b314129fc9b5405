# Builds a static binary and puts it, alone, into an empty image:
#   docker build -t dechaff .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" dechaff clean dump -o cleaned
FROM rust:1.95-alpine AS build
# A C compiler for zstd.
RUN apk add --no-cache build-base
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin dechaff
# Standard input is copied to a temporary folder before it is read.
RUN mkdir -p /image/tmp && chmod 1777 /image/tmp && cp target/release/dechaff /image/dechaff

FROM scratch
COPY --from=build /image/ /
WORKDIR /data
ENTRYPOINT ["/dechaff"]
