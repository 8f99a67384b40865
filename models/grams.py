"""Pairs of neighbouring characters: what a search in Chinese goes by. Pure."""


def grams_of(text: str) -> set[str]:
    """The pairs of one text, folded; a single character stands for itself."""
    folded = "".join(text.lower().split())
    return {folded[i : i + 2] for i in range(len(folded) - 1)} | (
        {folded} if len(folded) == 1 else set()
    )
