package io.binnacle.bench.data;

/** A Python traceback of 20 lines, written line by line or as one message. */
final class Traceback {
  private static final int LINES = 20;
  private static final String FIRST = "Traceback (most recent call last):";
  private static final String LAST =
      "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate %d MiB"
          + " (GPU 3; 79.15 GiB total capacity)";
  private static final String[] FRAMES = {
    "  File \"/opt/venv/lib/python3.11/site-packages/torch/nn/modules/module.py\", line %d,"
        + " in _call_impl",
    "    return forward_call(*args, **kwargs)",
    "  File \"/workspace/src/model/attention.py\", line %d, in forward",
    "    attn = torch.softmax(q @ k.transpose(-2, -1) * self.scale, dim=-1)",
    "  File \"/workspace/src/train.py\", line %d, in train_step",
    "    loss = self.model(batch[\"input_ids\"], labels=batch[\"labels\"]).loss",
    "  File \"/opt/venv/lib/python3.11/site-packages/torch/_tensor.py\", line %d, in backward",
    "    torch.autograd.backward("
  };

  private final SplitMix random;
  private int left;

  Traceback(SplitMix random) {
    this.random = random;
  }

  boolean running() {
    return left > 0;
  }

  void begin(Text text) {
    left = LINES - 1;
    text.add(FIRST);
  }

  void nextLine(Text text) {
    left--;
    int frame = LINES - 2 - left;
    line(text, left == 0 ? LAST : FRAMES[frame % FRAMES.length]);
  }

  void whole(Text text) {
    text.add(FIRST).add("\n");
    for (String frame : FRAMES) {
      line(text, frame);
      text.add("\n");
    }
    line(text, LAST);
    text.add("\n");
  }

  private void line(Text text, String template) {
    int place = template.indexOf("%d");
    if (place < 0) {
      text.add(template);
      return;
    }
    text.add(template.substring(0, place)).add(20 + random.below(1900));
    text.add(template.substring(place + 2));
  }
}
