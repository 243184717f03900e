"""The registry of stores is whole: what is written anywhere stands in it."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from pynamodb.attributes import DiscriminatorAttribute
from pynamodb.models import Model

import beeldrecht.adapters
from beeldrecht.domain.store_items import ITEMS
from beeldrecht.domain.store_registry import STORES, entries_of
from beeldrecht.domain.stores import (
    ITEM_STORES,
    DataCategory,
    Erasing,
    Holding,
    Store,
    StoreEntry,
)

# What places and finds an item; of these the partition alone can name anybody, by an id.
KEYS = {"pk", "sk", "kind", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk", "expires_at"}
BASES = {
    "LibraryItem": Store.LIBRARY,
    "ConsentItem": Store.CONSENT,
    "BiometricsItem": Store.BIOMETRICS,
    "PeopleKeysItem": Store.KEYS,
    "LimitsItem": Store.LIMITS,
    "AuditItem": Store.AUDIT,
}


def models(kind: type[Model] = Model) -> Iterator[type[Model]]:
    """Every model of the adapters, and of the models that they derive from."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("beeldrecht."):
            yield each
        yield from models(each)


def _all_models() -> list[type[Model]]:
    for module in pkgutil.iter_modules(beeldrecht.adapters.__path__):
        importlib.import_module(f"beeldrecht.adapters.{module.name}")
    return sorted(models(), key=lambda model: (model.__module__, model.__name__))


def _kind_of(model: type[Model]) -> str | None:
    told = [
        each.get_discriminator(model)
        for each in model.get_attributes().values()
        if isinstance(each, DiscriminatorAttribute)
    ]
    return str(told[0]) if told and told[0] is not None else None


def _store_of(model: type[Model]) -> Store:
    [base] = [BASES[each.__name__] for each in model.__mro__ if each.__name__ in BASES]
    return base


MODELS = _all_models()
KINDS = [model for model in MODELS if _kind_of(model) is not None]
BY_KIND = {(entry.store, entry.what): entry for entry in ITEMS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_belongs_to_a_table_of_the_registry(model: type[Model]) -> None:
    assert _store_of(model) in ITEM_STORES
    # A model that is no base has a kind: an item without one could not be told apart.
    assert model.__name__ in BASES or _kind_of(model)


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_every_kind_of_item_stands_in_the_registry_with_all_it_holds(
    model: type[Model],
) -> None:
    entry = BY_KIND[(_store_of(model), str(_kind_of(model)))]
    assert set(entry.fields) == set(model.get_attributes()) - KEYS


def test_the_registry_names_no_item_that_nobody_writes() -> None:
    written = {(_store_of(model), str(_kind_of(model))) for model in KINDS}
    assert set(BY_KIND) == written
    assert len(BY_KIND) == len(ITEMS)


@pytest.mark.parametrize("entry", STORES, ids=lambda each: f"{each.store}:{each.what}")
def test_what_says_something_of_somebody_ends(entry: StoreEntry) -> None:
    if entry.about is not None:
        assert entry.about in entry.fields
        assert entry.fields[entry.about] is Holding.OPAQUE
    if entry.holding is Holding.SEALED:
        # The key that seals it is destroyed, or it is kept as a proof, on purpose; where
        # it is nobody who is portrayed, the key ends by itself.
        ends = {Erasing.DELETED, Erasing.KEY_DESTROYED, Erasing.PROOF}
        if entry.about is None and DataCategory.IDENTITY not in entry.categories:
            ends |= {Erasing.LAPSES}
        assert entry.erasing in ends
    if entry.holding is Holding.PERSONAL:
        assert entry.categories or entry.erasing is Erasing.NOBODYS
    if entry.erasing is Erasing.NOBODYS:
        of_people = {
            DataCategory.IDENTITY,
            DataCategory.PORTRAIT,
            DataCategory.BIOMETRIC,
            DataCategory.SIGNATURE,
        }
        assert not entry.categories & of_people


def test_every_store_stands_there() -> None:
    assert all(entries_of(store) for store in Store)
    assert len({(each.store, each.what) for each in STORES}) == len(STORES)
