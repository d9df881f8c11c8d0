// A server of HTTP/2 without TLS, or with TLS where a certificate is given: node http2-server.js PORT NAME [CERTIFICATE]
const http2 = require('http2');
const fs = require('fs');
const [port, name, certificate] = process.argv.slice(2);
let sessions = 0;
let refused = 0;
const options = {settings: {maxConcurrentStreams: name === 'narrow' ? 2 : 100}};

function respond(stream, headers) {
  const path = headers[':path'];
  if (name === 'refuses') {
    refused++;
    stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
  } else if (path === '/echo') {
    stream.respond({':status': 200});
    stream.pipe(stream);
  } else if (path === '/fields') {
    stream.respond({':status': 200, 'content-type': 'application/json'});
    stream.end(JSON.stringify(headers));
  } else if (path === '/trailers') {
    stream.respond({':status': 200}, {waitForTrailers: true});
    stream.on('wantTrailers', () => stream.sendTrailers({checksum: 'kept'}));
    stream.end('content');
  } else if (path === '/broken') {
    stream.respond({':status': 200});
    stream.write('begin', () => stream.destroy(new Error('broken')));
  } else if (path === '/large') {
    stream.respond({':status': 200});
    stream.end(Buffer.alloc(8000000, 'x'));
  } else if (path === '/slow') {
    setTimeout(() => { stream.respond({':status': 200}); stream.end(name + ' ' + sessions); }, 30);
  } else {
    stream.respond({':status': 200});
    stream.end(name);
  }
}

const server = certificate
  ? http2.createSecureServer({...options, allowHTTP1: true, cert: fs.readFileSync(certificate + '.pem'), key: fs.readFileSync(certificate + '.key')})
  : http2.createServer(options);
server.on('session', () => sessions++);
server.on('stream', (stream, headers) => { stream.on('error', () => {}); respond(stream, headers); });
server.on('sessionError', () => {});
server.on('upgrade', (request, socket, early) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  socket.write(early);
  socket.pipe(socket);
});
server.listen(Number(port), '127.0.0.1');
