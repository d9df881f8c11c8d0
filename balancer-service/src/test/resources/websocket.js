// A server of WebSockets, or a client that opens one on a stream of HTTP/2 (RFC 8441):
// node websocket.js server PORT; node websocket.js client PORT PROTOCOL PATH
const crypto = require('crypto');
const http = require('http');
const http2 = require('http2');
const [role, port, protocol, path] = process.argv.slice(2);

function accept(key) {
  return crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
}

/** Agrees to any protocol, and sends back what it receives. */
function serve() {
  const server = http.createServer((request, response) => response.end('no upgrade'));
  server.on('upgrade', (request, socket, early) => {
    const key = request.headers['sec-websocket-key'];
    if (request.url === '/plain') {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain');
    } else if (request.url === '/closed') {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    } else {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${request.headers.upgrade}\r\nConnection: Upgrade\r\n`
        + (key ? `Sec-WebSocket-Accept: ${accept(key)}\r\n` : '') + 'X-Method: ' + request.method + '\r\n\r\n');
      socket.write(early);
      socket.on('error', () => {});
      socket.pipe(socket);
    }
  });
  server.listen(Number(port), '127.0.0.1');
}

function open() {
  const session = http2.connect('http://127.0.0.1:' + port);
  session.on('remoteSettings', (settings) => {
    if (!settings.enableConnectProtocol) {
      console.log('not allowed');
      process.exit();
    }
    const stream = session.request({
      ':method': 'CONNECT', ':protocol': protocol, ':scheme': 'http', ':path': path, ':authority': 'a.org',
      'sec-websocket-version': '13'});
    let received = '';
    stream.on('response', (head) => {
      console.log(`${head[':status']} method=${head['x-method']} accept=${head['sec-websocket-accept']}`);
      if (head[':status'] === 200) {
        stream.write('x'.repeat(300000) + 'hello');
      } else {
        stream.close();
      }
    });
    stream.on('data', (part) => {
      received += part;
      if (received.endsWith('hello')) {
        console.log(received.length);
        stream.end();
      }
    });
    stream.on('error', (error) => console.log(error.message));
    stream.on('close', () => { console.log('closed'); process.exit(); });
  });
}

role === 'server' ? serve() : open();
