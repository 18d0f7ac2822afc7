/** A node of a serialized ONNX model. */
export interface ReadNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
}

/** A weight of a serialized ONNX model that lies outside it. */
export interface ReadExternal {
  readonly name: string;
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

type Field = number | Uint8Array;

/** Fields of one Protocol Buffers message by number, in their order. */
export function readMessage(bytes: Uint8Array): Map<number, Field[]> {
  const fields = new Map<number, Field[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('message ends inside a number');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    let field: Field;
    if (tag % 8 === 0) field = varint();
    else {
      const length = tag % 8 === 2 ? varint() : tag % 8 === 5 ? 4 : Number.NaN;
      if (!(at + length <= bytes.length)) throw new Error(`field ${tag >> 3} runs over the end`);
      field = bytes.subarray(at, at + length);
      at += length;
    }
    const number = tag >> 3;
    fields.set(number, [...(fields.get(number) ?? []), field]);
  }
  return fields;
}

/** Nodes and outside weights of a ModelProto. */
export function readOnnx(model: Uint8Array): { nodes: ReadNode[]; externals: ReadExternal[] } {
  const graph = readMessage(bytesAt(readMessage(model), 7));
  const nodes = (graph.get(1) ?? []).map((bytes) => {
    const node = readMessage(bytes as Uint8Array);
    return { name: textAt(node, 3), op: textAt(node, 4), inputs: (node.get(1) ?? []).map(text) };
  });
  const externals = (graph.get(5) ?? []).flatMap((bytes) => {
    const tensor = readMessage(bytes as Uint8Array);
    if (!tensor.has(13)) return [];
    const entries = (tensor.get(13) ?? []).map((entry) => readMessage(entry as Uint8Array));
    const data = Object.fromEntries(entries.map((entry) => [textAt(entry, 1), textAt(entry, 2)]));
    const location = data.location as string;
    return [{ name: textAt(tensor, 8), location, offset: Number(data.offset), length: Number(data.length) }];
  });
  return { nodes, externals };
}

function bytesAt(message: Map<number, Field[]>, field: number): Uint8Array {
  return message.get(field)?.[0] as Uint8Array;
}

function textAt(message: Map<number, Field[]>, field: number): string {
  return text(bytesAt(message, field));
}

function text(field: Field): string {
  return new TextDecoder().decode(field as Uint8Array);
}
