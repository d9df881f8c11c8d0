"""Converts currencies as Ratemesh's GET /api/v1/convert does, for the benchmark convert-stack."""

import json
import re
from datetime import datetime, timezone
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path

from flask import Flask, request

AMOUNT = re.compile(r"\d{1,30}(\.\d{1,18})?", re.ASCII)

# A rate is shown with 34 significant digits. A result is computed with more, then rounded to minor units.
RATE = Context(prec=34, rounding=ROUND_HALF_EVEN)
RESULT = Context(prec=100, rounding=ROUND_HALF_EVEN)

app = Flask(__name__)


class Leg:
    """A currency with its rate against the euro. The euro itself has no source and no times."""

    def __init__(self, rate):
        self.per_euro = Decimal(rate["perEuro"])
        self.unit = Decimal(1).scaleb(-rate["decimals"])
        self.source = rate.get("source")
        self.as_of = rate.get("asOf")
        self.stale_at = datetime.fromisoformat(rate["staleAt"]) if "staleAt" in rate else None


book = json.loads(Path(__file__).with_name("rates.json").read_text())
version = book["version"]
legs = {code: Leg(rate) for code, rate in book["rates"].items()}


@app.get("/health")
def health():
    return "ok"


@app.get("/api/v1/convert")
def convert():
    codes = [request.args.get(name, "").upper() for name in ("from", "to")]
    unknown = [code for code in codes if code not in legs]
    if unknown:
        return {"detail": f'"{unknown[0]}" has no rate'}, 422
    text = request.args.get("amount", "")
    if not AMOUNT.fullmatch(text):
        return {"detail": f'amount: "{text}" is not a valid amount'}, 400
    amount = Decimal(text)
    given, wanted = (legs[code] for code in codes)
    market = [leg for leg in (given, wanted) if leg.source]
    now = datetime.now(timezone.utc)
    result = RESULT.divide(RESULT.multiply(amount, wanted.per_euro), given.per_euro)
    as_of = min(leg.as_of for leg in market)
    return {
        "from": codes[0],
        "to": codes[1],
        "amount": plain(amount),
        "result": plain(RESULT.quantize(result, wanted.unit)),
        "rate": plain(RATE.normalize(RATE.divide(wanted.per_euro, given.per_euro))),
        "asOf": as_of,
        "date": as_of[:10],
        "sources": list(dict.fromkeys(leg.source for leg in market)),
        "stale": any(now >= leg.stale_at for leg in market),
        "simulated": False,
        "version": version,
    }


def plain(number):
    """Without an exponent."""
    return format(number, "f")
