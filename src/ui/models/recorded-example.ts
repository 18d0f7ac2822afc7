/**
 * What the full model says about `self-test/snowman.jpg`: the expected value of the integration test of KOSMOS-2 in
 * Hugging Face transformers (test/fixtures/reference/official).
 */
export const RECORDED_EXAMPLE =
  '<grounding> An image of<phrase> a snowman</phrase><object><patch_index_0044><patch_index_0863></object> warming himself by<phrase> a fire</phrase><object><patch_index_0005><patch_index_0911></object>.';
