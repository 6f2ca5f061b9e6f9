package io.masterdeal.console.board;

/** How the few texts that very many cards have in common are written in the bytes of a card: names of stages, policies, domains. */
interface Texts {
    /** Each text as it is, so that the bytes say all. */
    Texts WHOLE = new Texts() {
        @Override
        public void write(ByteWriter to, String text) {
            to.text(text);
        }

        @Override
        public String read(ByteReader from) {
            return from.text();
        }
    };

    void write(ByteWriter to, String text);

    String read(ByteReader from);
}
