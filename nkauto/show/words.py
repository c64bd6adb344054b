"""What people read for the names that machines use: metrics, units, markets."""

from __future__ import annotations

METRICS = {
    "price": "price",
    "price_kpw": "in won",
    "price_usd": "in dollars",
    "price_cny": "in yuan",
    "wage_months": "wage-months",
    "wage_years": "wage-years",
    "wage_share": "of one month's wage",
    "rice_kg": "in rice",
    "saving_months": "months of saving",
    "per_head_kpw": "each person pays",
    "per_head_wage_months": "each, in wage-months",
    "days_per_head": "days of use each, a month",
    "instalment_kpw": "monthly instalment",
    "instalment_wages": "instalment, in monthly wages",
    "interest_total": "interest in all",
    "multiple": "multiple",
    "change_percent": "change",
    "total": "total",
    "total_kpw": "in won",
    "total_usd": "in dollars",
    "total_cny": "in yuan",
    "deposit": "deposit",
    "financed": "left to pay",
    "takings": "takings",
    "fuel_used": "fuel",
    "margin": "left over",
    "break_even_rides": "rides that pay for the costs",
    "break_even_months": "months that pay for the outlay",
    "carrying_flat": "interest while unsold, flat",
    "least_resale_flat": "least resale price, flat",
    "margin_flat": "left over, flat",
    "carrying_compound": "interest while unsold, compound",
    "least_resale_compound": "least resale price, compound",
    "margin_compound": "left over, compound",
}


def metric_words(metric: str) -> str:
    """Return the label of a metric: its own words, or its id made readable."""
    if metric in METRICS:
        return METRICS[metric]
    if metric.startswith("price_"):
        return f"in {metric.removeprefix('price_').upper()}"
    if metric.startswith("instalment_"):
        return f"instalment, in {metric.removeprefix('instalment_')}"
    return metric.replace("_", " ")


def unit_words(unit: str, figure: str) -> str:
    """Return a unit beside a figure: counted units take their plural, a multiple its sign."""
    if unit == "x":
        return "×"
    if unit in ("month", "year", "day", "person", "week", "ride") and figure != "1":
        return {"person": "people"}.get(unit, f"{unit}s")
    return unit
