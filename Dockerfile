# Serves an index that was made elsewhere: docker run -p 127.0.0.1:8000:8000 -v /srv/record/index:/index:ro onrecord
FROM python:3.13-slim
COPY . /src
RUN pip install --no-cache-dir '/src[web]' && rm -rf /src && useradd --system --no-create-home --uid 10001 onrecord
USER 10001
ENV ONRECORD_INDEX=/index
VOLUME /index
EXPOSE 8000
ENTRYPOINT ["onrecord"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
