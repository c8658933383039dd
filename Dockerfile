# One image for every service of docker-compose.yml; the command says which one it is.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 TOKENIZERS_PARALLELISM=false HF_HUB_OFFLINE=1
WORKDIR /desk

COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock

RUN useradd --create-home --uid 10001 desk && mkdir /var/lib/desk && chown desk /var/lib/desk
COPY --chown=desk . .
USER desk
ENV DESK_VAR=/var/lib/desk
EXPOSE 8000
