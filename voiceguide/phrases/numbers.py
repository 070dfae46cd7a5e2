"""Numbers in words."""

from __future__ import annotations

# What num2words gives for 0 to 60: it imports every language that it knows, which takes longer than compiling a routine.
_SMALL = {
    "en": (
        "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, "
        "fifteen, sixteen, seventeen, eighteen, nineteen, twenty, twenty-one, twenty-two, twenty-three, "
        "twenty-four, twenty-five, twenty-six, twenty-seven, twenty-eight, twenty-nine, thirty, thirty-one, "
        "thirty-two, thirty-three, thirty-four, thirty-five, thirty-six, thirty-seven, thirty-eight, thirty-nine, "
        "forty, forty-one, forty-two, forty-three, forty-four, forty-five, forty-six, forty-seven, forty-eight, "
        "forty-nine, fifty, fifty-one, fifty-two, fifty-three, fifty-four, fifty-five, fifty-six, fifty-seven, "
        "fifty-eight, fifty-nine, sixty"
    ),
    "de": (
        "null, eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, dreizehn, vierzehn, "
        "fünfzehn, sechzehn, siebzehn, achtzehn, neunzehn, zwanzig, einundzwanzig, zweiundzwanzig, "
        "dreiundzwanzig, vierundzwanzig, fünfundzwanzig, sechsundzwanzig, siebenundzwanzig, achtundzwanzig, "
        "neunundzwanzig, dreißig, einunddreißig, zweiunddreißig, dreiunddreißig, vierunddreißig, fünfunddreißig, "
        "sechsunddreißig, siebenunddreißig, achtunddreißig, neununddreißig, vierzig, einundvierzig, "
        "zweiundvierzig, dreiundvierzig, vierundvierzig, fünfundvierzig, sechsundvierzig, siebenundvierzig, "
        "achtundvierzig, neunundvierzig, fünfzig, einundfünfzig, zweiundfünfzig, dreiundfünfzig, vierundfünfzig, "
        "fünfundfünfzig, sechsundfünfzig, siebenundfünfzig, achtundfünfzig, neunundfünfzig, sechzig"
    ),
    "es": (
        "cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince, "
        "dieciséis, diecisiete, dieciocho, diecinueve, veinte, veintiuno, veintidós, veintitrés, veinticuatro, "
        "veinticinco, veintiséis, veintisiete, veintiocho, veintinueve, treinta, treinta y uno, treinta y dos, "
        "treinta y tres, treinta y cuatro, treinta y cinco, treinta y seis, treinta y siete, treinta y ocho, "
        "treinta y nueve, cuarenta, cuarenta y uno, cuarenta y dos, cuarenta y tres, cuarenta y cuatro, "
        "cuarenta y cinco, cuarenta y seis, cuarenta y siete, cuarenta y ocho, cuarenta y nueve, cincuenta, "
        "cincuenta y uno, cincuenta y dos, cincuenta y tres, cincuenta y cuatro, cincuenta y cinco, "
        "cincuenta y seis, cincuenta y siete, cincuenta y ocho, cincuenta y nueve, sesenta"
    ),
    "fr": (
        "zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, "
        "seize, dix-sept, dix-huit, dix-neuf, vingt, vingt et un, vingt-deux, vingt-trois, vingt-quatre, "
        "vingt-cinq, vingt-six, vingt-sept, vingt-huit, vingt-neuf, trente, trente et un, trente-deux, "
        "trente-trois, trente-quatre, trente-cinq, trente-six, trente-sept, trente-huit, trente-neuf, quarante, "
        "quarante et un, quarante-deux, quarante-trois, quarante-quatre, quarante-cinq, quarante-six, "
        "quarante-sept, quarante-huit, quarante-neuf, cinquante, cinquante et un, cinquante-deux, "
        "cinquante-trois, cinquante-quatre, cinquante-cinq, cinquante-six, cinquante-sept, cinquante-huit, "
        "cinquante-neuf, soixante"
    ),
}  # fmt: skip
_WORDS = {language: tuple(words.split(", ")) for language, words in _SMALL.items()}


def in_words(number: float, language: str) -> str:
    """The number in the words of num2words; `language` is a code of its."""
    known = _WORDS.get(language, ())
    if isinstance(number, int) and 0 <= number < len(known):
        return known[number]
    from num2words import num2words  # noqa: PLC0415 (see above)

    return str(num2words(number, lang=language))
