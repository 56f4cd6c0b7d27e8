# Khonha in a container: built here, run without root, on a root file system that may be read-only.
#
#   docker build -t khonha .
#   docker run --read-only -p 127.0.0.1:8080:8080 -v "$PWD/corpus:/content:ro" -v khonha-index:/index khonha

FROM rust:1.95-bookworm AS build
WORKDIR /khonha
COPY Cargo.toml Cargo.lock build.rs askama.toml ./
COPY src src
COPY benches benches
COPY tests tests
RUN cargo build --locked --release --bin khonha

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent khonha \
    && install --directory --owner=khonha /index /content
COPY --from=build /khonha/target/release/khonha /usr/local/bin/khonha
USER khonha
ENV KHONHA_CONTENT=/content KHONHA_INDEX=/index KHONHA_LISTEN=0.0.0.0:8080
VOLUME /index
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["khonha"]
CMD ["serve"]
