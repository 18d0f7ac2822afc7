import type { StoredTensor } from '../tensors/weight-index.ts';
import type { DerivedData, OnnxGraph, PlacedData } from './onnx-graph.ts';
import {
  type ElementType,
  encodeModel,
  type OnnxAttribute,
  type OnnxInitializer,
  type OnnxNode,
  type OnnxValueInfo,
} from './onnx-proto.ts';

/** Name of a value in the graph under construction. */
export type Value = string & { readonly __value: unique symbol };

/** An optional input that is left out. */
export const ABSENT = '' as Value;

/** Where derived data share a file, each begins at a multiple of this, as the tensors of a package do. */
const DERIVED_ALIGNMENT = 64;

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** Collects inputs, weights and nodes, each under its own name, and writes them out as one graph. */
export class OnnxBuilder {
  readonly #name: string;
  readonly #inputs: OnnxValueInfo[] = [];
  readonly #outputs: OnnxValueInfo[] = [];
  readonly #initializers = new Map<string, OnnxInitializer>();
  readonly #nodes: OnnxNode[] = [];
  readonly #files = new Set<string>();
  readonly #derived: PlacedData[] = [];
  readonly #derivedFile: string | undefined;
  #derivedEnd = 0;

  /** @param derivedFile file that all derived data will lie in, one behind the other; each in one of its own by default */
  constructor(name: string, derivedFile?: string) {
    this.#name = name;
    this.#derivedFile = derivedFile;
  }

  /** Graph input; a dimension given as a name varies from run to run. */
  input(name: string, type: ElementType, dims: readonly (number | string)[]): Value {
    this.#inputs.push({ name, type, dims });
    return name as Value;
  }

  /** Declares a value some node makes under this name as a graph output. */
  output(name: string, type: ElementType, dims: readonly (number | string)[]): void {
    this.#outputs.push({ name, type, dims });
  }

  /** Small constant whose bytes lie in the model itself. */
  constant(name: string, type: ElementType, dims: readonly number[], bytes: Uint8Array): Value {
    return this.#initializer({ name, type, dims, data: bytes });
  }

  /** Target of a Reshape; -1 stands for the dimension that follows from the others. */
  shape(dims: readonly number[]): Value {
    const bytes = new Uint8Array(BigInt64Array.from(dims, BigInt).buffer);
    return this.constant(`shape_${dims.join('_')}`, 'int64', [dims.length], bytes);
  }

  /** Weight read straight from a package file; `dims` may group its elements otherwise than the file does. */
  stored(tensor: StoredTensor, type: ElementType, dims: readonly number[]): Value {
    this.#files.add(tensor.file);
    const data = { location: tensor.file, offset: tensor.offset, length: tensor.byteLength };
    return this.#initializer({ name: tensor.name, type, dims, data });
  }

  /** Weight made at load time. */
  derived(data: DerivedData, type: ElementType, dims: readonly number[]): Value {
    const location = this.#derivedFile ?? data.path;
    const offset = this.#derivedFile === undefined ? 0 : this.#derivedEnd;
    if (!this.#initializers.has(data.path)) {
      this.#derived.push({ ...data, offset });
      this.#derivedEnd = Math.ceil((this.#derivedEnd + data.byteLength) / DERIVED_ALIGNMENT) * DERIVED_ALIGNMENT;
    }
    return this.#initializer({ name: data.path, type, dims, data: { location, offset, length: data.byteLength } });
  }

  /** Node with one output. `op` carries its domain, e.g. `com.microsoft.Gelu`; `output` names the result. */
  node(name: string, op: string, inputs: readonly Value[], attributes: Attributes = {}, output = `${name}:out`): Value {
    const [value] = this.nodeWithOutputs(name, op, inputs, [output], attributes);
    return value as Value;
  }

  /** Node with the named outputs; an empty name skips one. */
  nodeWithOutputs(
    name: string,
    op: string,
    inputs: readonly Value[],
    outputs: readonly string[],
    attributes: Attributes = {},
  ): readonly Value[] {
    const dot = op.lastIndexOf('.');
    this.#nodes.push({
      name,
      op: op.slice(dot + 1),
      domain: op.slice(0, Math.max(dot, 0)),
      inputs,
      outputs,
      attributes,
    });
    return outputs as readonly Value[];
  }

  /** The finished graph. */
  build(): OnnxGraph {
    return {
      model: encodeModel({
        name: this.#name,
        inputs: this.#inputs,
        outputs: this.#outputs,
        initializers: [...this.#initializers.values()],
        nodes: this.#nodes,
      }),
      files: [...this.#files],
      derived: this.#derived,
    };
  }

  // A weight may be used by several nodes; it is declared once.
  #initializer(initializer: OnnxInitializer): Value {
    if (!this.#initializers.has(initializer.name)) this.#initializers.set(initializer.name, initializer);
    return initializer.name as Value;
  }
}
