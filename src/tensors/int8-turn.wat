;; Straight from the codes of quantized blocks to int8, rotated (rotation.ts): opening a big model on WASM is mostly this,
;; for 1.3 billion weights of the full one. Eight rows lie side by side in a vector, as their panel wants them in the end, and
;; a block is rotated as the whole numbers that its codes are, for all of a row's block has one scale.
;;
;; `npm run wat` puts this into int8-turn.ts, which says how it is called.
(module
  (memory (export "memory") 1)

  ;; Eight rows of 16 bytes, `apart` bytes from one to the next, as eight vectors of two columns: bytes 2i of all rows, then
  ;; bytes 2i + 1. Neighbours are joined three times: bytes, pairs of them, fours.
  (func $transpose (param $from i32) (param $apart i32) (param $to i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local $p v128) (local $q v128) (local $r v128) (local $s v128)
    (local.set $p (v128.load (local.get $from)))
    (local.set $q (v128.load (local.tee $from (i32.add (local.get $from) (local.get $apart)))))
    (local.set $a (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $p) (local.get $q)))
    (local.set $b (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $p) (local.get $q)))
    (local.set $p (v128.load (local.tee $from (i32.add (local.get $from) (local.get $apart)))))
    (local.set $q (v128.load (local.tee $from (i32.add (local.get $from) (local.get $apart)))))
    (local.set $c (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $p) (local.get $q)))
    (local.set $d (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $p) (local.get $q)))
    (local.set $p (v128.load (local.tee $from (i32.add (local.get $from) (local.get $apart)))))
    (local.set $q (v128.load (local.tee $from (i32.add (local.get $from) (local.get $apart)))))
    (local.set $e (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $p) (local.get $q)))
    (local.set $f (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $p) (local.get $q)))
    (local.set $p (v128.load (local.tee $from (i32.add (local.get $from) (local.get $apart)))))
    (local.set $q (v128.load (i32.add (local.get $from) (local.get $apart))))
    (local.set $g (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $p) (local.get $q)))
    (local.set $h (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $p) (local.get $q)))

    ;; Bytes 0..3 and 4..7 of rows 0..3 and 4..7, then bytes 8..11 and 12..15.
    (local.set $p (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $c)))
    (local.set $q (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $c)))
    (local.set $r (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $e) (local.get $g)))
    (local.set $s (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $e) (local.get $g)))
    (v128.store (local.get $to) (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $p) (local.get $r)))
    (v128.store offset=16 (local.get $to)
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $p) (local.get $r)))
    (v128.store offset=32 (local.get $to)
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $q) (local.get $s)))
    (v128.store offset=48 (local.get $to)
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $q) (local.get $s)))
    (local.set $p (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $b) (local.get $d)))
    (local.set $q (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $b) (local.get $d)))
    (local.set $r (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $f) (local.get $h)))
    (local.set $s (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $f) (local.get $h)))
    (v128.store offset=64 (local.get $to)
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $p) (local.get $r)))
    (v128.store offset=80 (local.get $to)
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $p) (local.get $r)))
    (v128.store offset=96 (local.get $to)
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $q) (local.get $s)))
    (v128.store offset=112 (local.get $to)
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $q) (local.get $s))))

  ;; A block of eight rows of 4-bit codes as 32 vectors of int16, one a column. The transposed bytes lie where the last of
  ;; these will, so that none is overwritten before it is read.
  (func $fours (param $from i32) (param $apart i32) (param $to i32)
    (local $bytes i32) (local $end i32) (local $two v128) (local $even v128) (local $odd v128)
    (local.set $bytes (i32.add (local.get $to) (i32.const 384)))
    (local.set $end (i32.add (local.get $to) (i32.const 512)))
    (call $transpose (local.get $from) (local.get $apart) (local.get $bytes))
    (loop $next
      (local.set $two (v128.load (local.get $bytes)))
      (local.set $even
        (i8x16.sub (v128.and (local.get $two) (v128.const i8x16 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15))
          (v128.const i8x16 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8)))
      (local.set $odd
        (i8x16.sub (i8x16.shr_u (local.get $two) (i32.const 4))
          (v128.const i8x16 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8 8)))
      (v128.store (local.get $to) (i16x8.extend_low_i8x16_s (local.get $even)))
      (v128.store offset=16 (local.get $to) (i16x8.extend_low_i8x16_s (local.get $odd)))
      (v128.store offset=32 (local.get $to) (i16x8.extend_high_i8x16_s (local.get $even)))
      (v128.store offset=48 (local.get $to) (i16x8.extend_high_i8x16_s (local.get $odd)))
      (local.set $bytes (i32.add (local.get $bytes) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 64))) (local.get $end)))))

  ;; Half a block of eight rows of 8-bit codes as 16 vectors of int16.
  (func $eights (param $from i32) (param $apart i32) (param $to i32)
    (local $bytes i32) (local $end i32) (local $two v128)
    (local.set $bytes (i32.add (local.get $to) (i32.const 128)))
    (local.set $end (i32.add (local.get $to) (i32.const 256)))
    (call $transpose (local.get $from) (local.get $apart) (local.get $bytes))
    (loop $next
      (local.set $two
        (v128.xor (v128.load (local.get $bytes))
          (v128.const i8x16 128 128 128 128 128 128 128 128 128 128 128 128 128 128 128 128)))
      (v128.store (local.get $to) (i16x8.extend_low_i8x16_s (local.get $two)))
      (v128.store offset=16 (local.get $to) (i16x8.extend_high_i8x16_s (local.get $two)))
      (local.set $bytes (i32.add (local.get $bytes) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  ;; The fast Walsh-Hadamard transform of a block's 32 columns, in place. Returns the largest magnitude of each row.
  (func $rotate (param $at i32) (result v128)
    (local $i i32) (local $end i32) (local $most v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local $p v128) (local $q v128) (local $r v128) (local $s v128)
    ;; Steps 1, 2 and 4 apart, eight columns at a time.
    (local.set $i (local.get $at))
    (local.set $end (i32.add (local.get $at) (i32.const 512)))
    (loop $next
      (local.set $p (v128.load (local.get $i)))
      (local.set $q (v128.load offset=16 (local.get $i)))
      (local.set $r (v128.load offset=32 (local.get $i)))
      (local.set $s (v128.load offset=48 (local.get $i)))
      (local.set $a (i16x8.add (local.get $p) (local.get $q)))
      (local.set $b (i16x8.sub (local.get $p) (local.get $q)))
      (local.set $c (i16x8.add (local.get $r) (local.get $s)))
      (local.set $d (i16x8.sub (local.get $r) (local.get $s)))
      (local.set $p (v128.load offset=64 (local.get $i)))
      (local.set $q (v128.load offset=80 (local.get $i)))
      (local.set $r (v128.load offset=96 (local.get $i)))
      (local.set $s (v128.load offset=112 (local.get $i)))
      (local.set $e (i16x8.add (local.get $p) (local.get $q)))
      (local.set $f (i16x8.sub (local.get $p) (local.get $q)))
      (local.set $g (i16x8.add (local.get $r) (local.get $s)))
      (local.set $h (i16x8.sub (local.get $r) (local.get $s)))
      (local.set $p (i16x8.add (local.get $a) (local.get $c)))
      (local.set $r (i16x8.sub (local.get $a) (local.get $c)))
      (local.set $q (i16x8.add (local.get $b) (local.get $d)))
      (local.set $s (i16x8.sub (local.get $b) (local.get $d)))
      (local.set $a (i16x8.add (local.get $e) (local.get $g)))
      (local.set $c (i16x8.sub (local.get $e) (local.get $g)))
      (local.set $b (i16x8.add (local.get $f) (local.get $h)))
      (local.set $d (i16x8.sub (local.get $f) (local.get $h)))
      (v128.store (local.get $i) (i16x8.add (local.get $p) (local.get $a)))
      (v128.store offset=16 (local.get $i) (i16x8.add (local.get $q) (local.get $b)))
      (v128.store offset=32 (local.get $i) (i16x8.add (local.get $r) (local.get $c)))
      (v128.store offset=48 (local.get $i) (i16x8.add (local.get $s) (local.get $d)))
      (v128.store offset=64 (local.get $i) (i16x8.sub (local.get $p) (local.get $a)))
      (v128.store offset=80 (local.get $i) (i16x8.sub (local.get $q) (local.get $b)))
      (v128.store offset=96 (local.get $i) (i16x8.sub (local.get $r) (local.get $c)))
      (v128.store offset=112 (local.get $i) (i16x8.sub (local.get $s) (local.get $d)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 128))) (local.get $end))))
    ;; Steps 8 and 16 apart.
    (local.set $i (local.get $at))
    (local.set $end (i32.add (local.get $at) (i32.const 128)))
    (loop $next
      (local.set $p (v128.load (local.get $i)))
      (local.set $q (v128.load offset=128 (local.get $i)))
      (local.set $r (v128.load offset=256 (local.get $i)))
      (local.set $s (v128.load offset=384 (local.get $i)))
      (local.set $a (i16x8.add (local.get $p) (local.get $q)))
      (local.set $b (i16x8.sub (local.get $p) (local.get $q)))
      (local.set $c (i16x8.add (local.get $r) (local.get $s)))
      (local.set $d (i16x8.sub (local.get $r) (local.get $s)))
      (v128.store (local.get $i) (local.tee $p (i16x8.add (local.get $a) (local.get $c))))
      (v128.store offset=128 (local.get $i) (local.tee $q (i16x8.add (local.get $b) (local.get $d))))
      (v128.store offset=256 (local.get $i) (local.tee $r (i16x8.sub (local.get $a) (local.get $c))))
      (v128.store offset=384 (local.get $i) (local.tee $s (i16x8.sub (local.get $b) (local.get $d))))
      (local.set $p (i16x8.max_s (i16x8.abs (local.get $p)) (i16x8.abs (local.get $q))))
      (local.set $r (i16x8.max_s (i16x8.abs (local.get $r)) (i16x8.abs (local.get $s))))
      (local.set $most (i16x8.max_s (local.get $most) (i16x8.max_s (local.get $p) (local.get $r))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $end))))
    (local.get $most))

  ;; A block's 32 columns of eight rows as bytes at `to`, `panel` bytes from one column to the next. `scales` of the block's
  ;; rows, `steps` those of int8: eight floats each. As floats numbers are within 127 * 2^-23 of where they would be, and so
  ;; at most that far beyond half a step from the whole number they become; as doubles this took most of all turning.
  (func $write (param $at i32) (param $scales i32) (param $steps i32) (param $to i32) (param $panel i32)
    (local $end i32) (local $a v128) (local $b v128) (local $p v128) (local $q v128)
    (local.set $a (f32x4.div (v128.load (local.get $scales)) (v128.load (local.get $steps))))
    (local.set $b (f32x4.div (v128.load offset=16 (local.get $scales)) (v128.load offset=16 (local.get $steps))))
    (local.set $end (i32.add (local.get $at) (i32.const 512)))
    (loop $next
      (local.set $p (f32x4.mul (local.get $a) (f32x4.convert_i32x4_s (v128.load16x4_s (local.get $at)))))
      (local.set $q (f32x4.mul (local.get $b) (f32x4.convert_i32x4_s (v128.load16x4_s offset=8 (local.get $at)))))
      ;; Numbers of 1.5 * 2^23 and a little are whole, and the little stands in a float's lowest bits as it is.
      (local.set $p (f32x4.add (local.get $p) (v128.const f32x4 12582912 12582912 12582912 12582912)))
      (local.set $q (f32x4.add (local.get $q) (v128.const f32x4 12582912 12582912 12582912 12582912)))
      (v128.store64_lane 0 (local.get $to)
        (i8x16.shuffle 0 4 8 12 16 20 24 28 0 0 0 0 0 0 0 0 (local.get $p) (local.get $q)))
      (local.set $to (i32.add (local.get $to) (local.get $panel)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end)))))

  ;; The largest magnitudes of four rows so far, with those of a block: int32, times the block's scales.
  (func $larger (param $peak v128) (param $most v128) (param $scales i32) (result v128)
    (f32x4.max (local.get $peak)
      (f32x4.mul (f32x4.convert_i32x4_s (local.get $most)) (f32x4.abs (v128.load (local.get $scales))))))

  ;; Steps of int8 of four rows with these peaks: a 127th, and 1 where there are nothing but zeros.
  (func $step (param $peak v128) (result v128)
    (local $step v128)
    (local.set $step (f32x4.div (local.get $peak) (v128.const f32x4 127 127 127 127)))
    (v128.bitselect (v128.const f32x4 1 1 1 1) (local.get $step)
      (f32x4.eq (local.get $step) (v128.const f32x4 0 0 0 0))))

  ;; Some columns of a panel.
  ;; codes: of its first row in these columns, `apart` bytes from one row to the next; of 4 bits, or 8 where `wide`
  ;; scales:  float32 [count, panel] of the blocks
  ;; count: blocks of 32 columns
  ;; panel: rows, a multiple of 8
  ;; out, steps: take int8 [32 count, panel] and float32 [panel]
  ;; work: 512 bytes a block
  (func (export "turn") (param $codes i32) (param $apart i32) (param $wide i32) (param $scales i32) (param $count i32)
    (param $panel i32) (param $out i32) (param $steps i32) (param $work i32)
    (local $row i32) (local $block i32) (local $from i32) (local $at i32) (local $scale i32) (local $to i32)
    (local $low v128) (local $high v128) (local $most v128)
    (loop $rows
      (local.set $low (v128.const f32x4 0 0 0 0))
      (local.set $high (v128.const f32x4 0 0 0 0))
      (local.set $block (i32.const 0))
      (local.set $from (local.get $codes))
      (local.set $at (local.get $work))
      (local.set $scale (i32.add (local.get $scales) (i32.mul (local.get $row) (i32.const 4))))
      (loop $blocks
        (if (local.get $wide)
          (then
            (call $eights (local.get $from) (local.get $apart) (local.get $at))
            (call $eights (i32.add (local.get $from) (i32.const 16)) (local.get $apart)
              (i32.add (local.get $at) (i32.const 256)))
            (local.set $from (i32.add (local.get $from) (i32.const 32))))
          (else
            (call $fours (local.get $from) (local.get $apart) (local.get $at))
            (local.set $from (i32.add (local.get $from) (i32.const 16)))))
        (local.set $most (call $rotate (local.get $at)))
        (local.set $low
          (call $larger (local.get $low) (i32x4.extend_low_i16x8_s (local.get $most)) (local.get $scale)))
        (local.set $high
          (call $larger (local.get $high) (i32x4.extend_high_i16x8_s (local.get $most))
            (i32.add (local.get $scale) (i32.const 16))))
        (local.set $at (i32.add (local.get $at) (i32.const 512)))
        (local.set $scale (i32.add (local.get $scale) (i32.mul (local.get $panel) (i32.const 4))))
        (br_if $blocks
          (i32.lt_u (local.tee $block (i32.add (local.get $block) (i32.const 1))) (local.get $count))))
      (v128.store (local.get $steps) (call $step (local.get $low)))
      (v128.store offset=16 (local.get $steps) (call $step (local.get $high)))
      (local.set $block (i32.const 0))
      (local.set $at (local.get $work))
      (local.set $scale (i32.add (local.get $scales) (i32.mul (local.get $row) (i32.const 4))))
      (local.set $to (i32.add (local.get $out) (local.get $row)))
      (loop $blocks
        (call $write (local.get $at) (local.get $scale) (local.get $steps) (local.get $to) (local.get $panel))
        (local.set $at (i32.add (local.get $at) (i32.const 512)))
        (local.set $scale (i32.add (local.get $scale) (i32.mul (local.get $panel) (i32.const 4))))
        (local.set $to (i32.add (local.get $to) (i32.mul (local.get $panel) (i32.const 32))))
        (br_if $blocks
          (i32.lt_u (local.tee $block (i32.add (local.get $block) (i32.const 1))) (local.get $count))))
      (local.set $steps (i32.add (local.get $steps) (i32.const 32)))
      (local.set $codes (i32.add (local.get $codes) (i32.mul (local.get $apart) (i32.const 8))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 8))) (local.get $panel))))))
