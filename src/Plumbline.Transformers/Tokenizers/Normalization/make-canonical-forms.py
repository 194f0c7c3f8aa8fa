"""Writes CanonicalForms.txt, the Unicode data that form C needs, from Python's unicodedata. Run: python3 make-canonical-forms.py > CanonicalForms.txt"""
import unicodedata

print(f"# Unicode {unicodedata.unidata_version}: 'class first last value' and 'form composed first [second] [*: never composed]'. Made by make-canonical-forms.py.")
classes = [unicodedata.combining(chr(code)) for code in range(0x110000)]
start = 0
for code in range(1, 0x110001):
    if code == 0x110000 or classes[code] != classes[start]:
        if classes[start]:
            print(f"class {start:X} {code - 1:X} {classes[start]}")
        start = code
for code in range(0x110000):
    text = unicodedata.decomposition(chr(code))
    if not text or text.startswith("<"):
        continue
    parts = text.split()
    excluded = unicodedata.normalize("NFC", chr(code)) != chr(code)
    print("form", f"{code:X}", *(f"{int(part, 16):X}" for part in parts), *(["*"] if excluded else []))
