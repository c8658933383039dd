"""Which models are loaded: at first use, within a memory budget, and only those that passed `verify`."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from . import models_folder
from .engine import Engine, EngineError
from .models_folder import Model
from .verify import Verdicts, verify


class Registry:
    """Loaded engines, least recently used first out.

    Args:
        budget_bytes: about how much memory loaded models may take; the one in use always stays.
        verdicts: file in which the results of `verify` are kept, by model digest; None: verify nothing.
        threads: batches translated at a time; default: the cores this process may use.
    """

    def __init__(
        self, *, budget_bytes: int = 2 << 30, verdicts: Path | None = None, threads: int | None = None
    ) -> None:
        self._budget = budget_bytes
        self._verdicts = Verdicts(verdicts) if verdicts else None
        self._threads = threads
        self._loaded: OrderedDict[str, tuple[int, Engine]] = OrderedDict()
        self._lock = Lock()

    def load(self, folder: Path) -> Engine:
        """The engine of the model in `folder`, loaded now if it is not.

        Raises:
            EngineError: the model does not load, or failed its checksums or golden sentences.
            ModelFolderError: there is no model in the folder.
        """
        folder = Path(folder)
        key = models_folder.digest(folder)
        with self._lock:
            if key in self._loaded:
                self._loaded.move_to_end(key)
                return self._loaded[key][1]
            model = models_folder.read(folder)
            engine = open_engine(model, threads=self._threads)
            self._judge(model, engine)
            self._loaded[key] = (models_folder.size(folder), engine)
            while len(self._loaded) > 1 and sum(size for size, _ in self._loaded.values()) > self._budget:
                self._loaded.popitem(last=False)
            return engine

    def _judge(self, model: Model, engine: Engine) -> None:
        """Refuses a model that failed; one never verified is verified now, once."""
        if self._verdicts is None or model.engine == "http":
            return
        verdict = self._verdicts.of(models_folder.digest(model.folder))
        if verdict is None:
            verdict = verify(model, engine)
            self._verdicts.record(verdict)
        if not verdict.passed:
            raise EngineError(f"The model {model.name} is not used: {' '.join(verdict.problems)}")


def open_engine(model: Model, *, threads: int | None = None, device: str = "cpu") -> Engine:
    """Loads the engine a model names, with the model in it; `options` of its model.json go to the engine.

    Raises:
        EngineError: what the engine needs is missing, or the model does not load.
    """
    if model.engine == "transformers":
        from .transformers_engine import TransformersEngine

        return TransformersEngine(model.hf, prefix_token=model.prefix_token, codes=model.codes)
    if model.engine == "http":
        from .http_engine import HttpEngine

        return HttpEngine(**model.options)
    from .ctranslate2_engine import CTranslate2Engine

    return CTranslate2Engine(
        model.ct2,
        prefix_token=model.prefix_token,
        codes=model.codes,
        threads=threads,
        device=device,
        **model.options,
    )
