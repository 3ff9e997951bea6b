import Glibc

// Reads tests as JSON lines on standard input and writes one answer a line, flushed at once.
let conformance = Conformance()
while let line = readLine(strippingNewline: true) {
  print(conformance.answer(to: line))
  fflush(nil)
}
