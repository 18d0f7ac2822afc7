import { ProtobufWriter } from '../tensors/protobuf.ts';

/** Element types our graphs use, with their number in `TensorProto.DataType`. */
export const DATA_TYPES = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type ElementType = keyof typeof DATA_TYPES;

/** Attribute kinds our operators use; tagged, because JavaScript cannot tell 1 from 1.0. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] };

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  /** Names of values; an empty name leaves an optional input or output out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** Bytes inside the model, or a range of a file beside it. */
export type InitializerData =
  | Uint8Array
  | { readonly location: string; readonly offset: number; readonly length: number };

export interface OnnxInitializer {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: InitializerData;
}

/** Graph input or output; a dimension that varies has a name instead of a size. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly (number | string)[];
}

export interface OnnxModel {
  readonly name: string;
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly initializers: readonly OnnxInitializer[];
  readonly nodes: readonly OnnxNode[];
}

// Opset 17 is the first with LayerNormalization; nothing later is needed, and old versions have the most kernels.
const IR_VERSION = 8;
const OPSETS = [
  { domain: '', version: 17 },
  { domain: 'com.microsoft', version: 1 },
];

/** Serializes a ModelProto. Field numbers are those of onnx.proto (ONNX, Apache-2.0). */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const proto = new ProtobufWriter();
  proto.integer(1, IR_VERSION);
  proto.string(2, 'kosmos2-web');
  proto.message(7, (graph) => encodeGraph(graph, model));
  for (const opset of OPSETS) {
    proto.message(8, (entry) => {
      entry.string(1, opset.domain);
      entry.integer(2, opset.version);
    });
  }
  return proto.finish();
}

function encodeGraph(graph: ProtobufWriter, model: OnnxModel): void {
  for (const node of model.nodes) graph.message(1, (proto) => encodeNode(proto, node));
  graph.string(2, model.name);
  for (const initializer of model.initializers) graph.message(5, (proto) => encodeTensor(proto, initializer));
  for (const input of model.inputs) graph.message(11, (proto) => encodeValueInfo(proto, input));
  for (const output of model.outputs) graph.message(12, (proto) => encodeValueInfo(proto, output));
}

function encodeNode(proto: ProtobufWriter, node: OnnxNode): void {
  for (const input of node.inputs) proto.string(1, input);
  for (const output of node.outputs) proto.string(2, output);
  proto.string(3, node.name);
  proto.string(4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    proto.message(5, (inner) => encodeAttribute(inner, name, attribute));
  }
  proto.string(7, node.domain);
}

function encodeAttribute(proto: ProtobufWriter, name: string, attribute: OnnxAttribute): void {
  proto.string(1, name);
  if ('float' in attribute) {
    proto.float(2, attribute.float);
    proto.integer(20, 1);
  } else if ('int' in attribute) {
    proto.integer(3, attribute.int);
    proto.integer(20, 2);
  } else {
    for (const value of attribute.ints) proto.integer(8, value);
    proto.integer(20, 7);
  }
}

function encodeTensor(proto: ProtobufWriter, tensor: OnnxInitializer): void {
  for (const dim of tensor.dims) proto.integer(1, dim);
  proto.integer(2, DATA_TYPES[tensor.type]);
  proto.string(8, tensor.name);
  const data = tensor.data;
  if (data instanceof Uint8Array) {
    proto.bytes(9, data);
    return;
  }
  for (const [key, value] of Object.entries(data)) {
    proto.message(13, (entry) => {
      entry.string(1, key);
      entry.string(2, String(value));
    });
  }
  proto.integer(14, 1);
}

function encodeValueInfo(proto: ProtobufWriter, value: OnnxValueInfo): void {
  proto.string(1, value.name);
  proto.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, DATA_TYPES[value.type]);
      tensor.message(2, (shape) => {
        for (const dim of value.dims) {
          shape.message(1, (proto) => (typeof dim === 'number' ? proto.integer(1, dim) : proto.string(2, dim)));
        }
      });
    }),
  );
}
