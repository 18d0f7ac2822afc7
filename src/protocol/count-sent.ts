/** What a page or a worker can send with. */
interface Senders {
  fetch: typeof fetch;
  readonly XMLHttpRequest?: typeof XMLHttpRequest;
  readonly WebSocket?: typeof WebSocket;
  readonly Navigator?: { readonly prototype: Beacons };
}

/** What only a window's navigator has. */
interface Beacons {
  sendBeacon?(url: string | URL, data?: BodyInit | null): boolean;
}

/**
 * Counts what this page or worker sends from now on: the bodies of its requests, the access tokens in their headers, and the
 * queries of their addresses, for a query can carry words away as well. Addresses of the page itself (blob:, data:) are no sending.
 */
export function countSent(scope: Senders & object, report: (bytes: number) => void): void {
  const told = (bytes: number) => {
    if (bytes > 0) report(bytes);
  };

  const send = scope.fetch;
  scope.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!travels(address)) return send.call(scope, input, init);
    told(queryBytes(address) + tokenBytes(init?.headers ?? (input instanceof Request ? input.headers : undefined)));
    const body = init?.body;
    if (body instanceof ReadableStream) return send.call(scope, input, { ...init, body: counted(body, told) });
    if (body != null) told(sizeOf(body));
    else if (input instanceof Request && input.body) {
      void input
        .clone()
        .arrayBuffer()
        .then(({ byteLength }) => told(byteLength));
    }
    return send.call(scope, input, init);
  };

  const xhr = scope.XMLHttpRequest?.prototype;
  if (xhr) {
    const { open, send } = xhr;
    xhr.open = function (this: XMLHttpRequest, method: string, url: string | URL, ...rest: unknown[]) {
      if (travels(String(url))) told(queryBytes(String(url)));
      return Reflect.apply(open, this, [method, url, ...rest]);
    } as typeof open;
    xhr.send = function (body) {
      told(sizeOf(body));
      Reflect.apply(send, this, [body]);
    };
  }

  const socket = scope.WebSocket?.prototype;
  if (socket) {
    const { send } = socket;
    socket.send = function (data) {
      told(sizeOf(data));
      send.call(this, data);
    };
  }

  const navigator = scope.Navigator?.prototype;
  if (navigator?.sendBeacon) {
    const { sendBeacon } = navigator;
    navigator.sendBeacon = function (this: Beacons, url, data) {
      told(queryBytes(String(url)) + sizeOf(data));
      return sendBeacon.call(this, url, data);
    };
  }
}

function travels(address: string): boolean {
  return !/^(blob|data):/i.test(address);
}

function queryBytes(address: string): number {
  const start = address.indexOf('?');
  return start < 0 ? 0 : textBytes(address.slice(start + 1).replace(/#.*/s, ''));
}

function tokenBytes(headers: HeadersInit | undefined): number {
  return textBytes(new Headers(headers).get('Authorization') ?? '');
}

function sizeOf(body: unknown): number {
  if (body == null) return 0;
  if (typeof body === 'string') return textBytes(body);
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof FormData) {
    return [...body].reduce((sum, [name, value]) => sum + textBytes(name) + sizeOf(value), 0);
  }
  return textBytes(String(body));
}

function textBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function counted(body: ReadableStream<Uint8Array>, told: (bytes: number) => void): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        told(piece.byteLength);
        controller.enqueue(piece);
      },
    }),
  );
}

/** How a worker tells the page what it has sent. */
export interface SentMessage {
  readonly type: 'sent';
  readonly bytes: number;
}

/** Whether a message is such a word. */
export function isSentMessage(data: unknown): data is SentMessage {
  return typeof data === 'object' && data !== null && (data as { type?: unknown }).type === 'sent';
}
