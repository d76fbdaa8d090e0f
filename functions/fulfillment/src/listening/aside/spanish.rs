//! Words beside the matter in Spanish.

use super::{Aside, Phrases};

/// People whom one calls for.
macro_rules! kin {
    () => {
        "esposo/esposa/marido/mujer/mama/papa/madre/padre/hijo/hija/hermano/hermana/abuelo/abuela/abuelito/abuelita/suegro/suegra/\
         tio/tia/nieto/nieta/sobrino/sobrina/vecino/vecina/amigo/amiga/pareja/novio/novia/patron/patrona/familiar/\
         companero/companera/nino/nina/bebe/papas/padres/hijos"
    };
}

pub(super) const PHRASES: Phrases = Phrases {
    fillers: &[
        "por", "favor", "este", "ay", "ah", "pues", "oiga", "senorita", "senor", "senora", "joven", "a", "ver", "nomas",
    ],
    whole: &[
        (
            Aside::Moment,
            &[
                "espere/espereme/esperame/esperese/aguarde/aguante ?un ?tantito/poco/momento/momentito/minuto/segundo",
                "?deme ?dame un/tantito ?momento/momentito/minuto/minutito/segundo/segundito/ratito/rato",
                "permitame/permiteme/perame/perese ?un ?tantito/momento",
                "todavia no",
                "aun no",
                "dejeme pensar",
                "dejeme buscar/agarrar/sacar/ponerme/traer mis/los/las/mi/el/la/una/un lentes/anteojos/pluma/lapiz/papel/frasco/\
                 frascos/tarjeta/lista/pastillas",
                "?un ?momento voy por mis/los/las/mi/el/la/una/un lentes/anteojos/pluma/lapiz/papel/frasco/frascos/tarjeta/lista/\
                 pastillas",
            ],
        ),
        (
            Aside::Again,
            &[
                "eh",
                "que dijo",
                "como dice",
                "no le/la/lo oi/oigo/escucho/escuche ?bien",
                "no le entendi/entiendo ?bien",
            ],
        ),
        (
            Aside::Slower,
            &[
                "?mas despacio/despacito/lento ?no ?le ?entiendo",
                "hable/habla/vaya/digalo/lea ?mas despacio/despacito/lento",
                "puede hablar mas despacio/lento/fuerte/alto",
                "?hable/habla mas fuerte/duro/alto/recio",
                "no/casi oigo/escucho ?bien ?nada",
                "casi no oigo/escucho ?bien ?nada",
                "soy duro/dura de oido",
                "?va/habla muy/tan rapido/aprisa",
                "no tan rapido",
            ],
        ),
        (
            Aside::Thanks,
            &["?muchas/muchisimas/mil gracias", "gracias muy amable", "muy amable ?gracias", "se lo agradezco"],
        ),
        (
            Aside::Hello,
            &[
                "bueno ?bueno",
                "?hola/bueno me oye/escucha/oyen/escuchan",
                "?hola/bueno sigue/esta ahi",
                "alo ?alo",
                "hola ?hola",
            ],
        ),
    ],
    anywhere: &[
        (
            Aside::NoKeys,
            &[
                "no tengo ?el/un teclado/teclas/botones",
                "no veo/encuentro/distingo … teclas/numeros/botones/teclado",
                "no puedo oprimir/marcar/apretar",
            ],
        ),
        (
            Aside::Machine,
            &[
                "es/eres/sera una/un/usted ?una/un maquina/grabacion/robot/computadora/contestadora",
                "hablo/hablando con una/un maquina/grabacion/robot/computadora/contestadora",
                "es ?usted una persona",
            ],
        ),
        (
            Aside::Why,
            &[
                "por que me/lo/quiere/necesita ?lo pregunta/preguntan/pide/piden/saber",
                "para que quiere/quieren/necesita/necesitan",
                "eso/es ?es privado/personal",
                "no quiero dar/decir/darle/decirle/darlo/decirlo",
                "ya se lo dije/di",
                "ya le dije",
            ],
        ),
        (
            Aside::ForAnother,
            &[
                concat!(
                    "llamo/hablo/llamando/hablando/pregunto/marco/llamaba por/para/de ?parte ?de mi/un/una/el/la/su/nuestra ",
                    kin!(),
                    "/paciente"
                ),
                "de parte de mi/un/una/el/la/otra/otro",
                "en nombre de",
                concat!("es/son para mi ", kin!()),
                concat!(
                    "medicina/medicinas/medicamento/medicamentos/pastillas/recetas/lista/remedios de mi/su/la/el/nuestra ",
                    kin!()
                ),
                concat!("soy su ", kin!(), "/cuidadora/cuidador/enfermera/enfermero"),
                concat!("soy la/el ", kin!(), "/cuidadora/cuidador/enfermera/enfermero de"),
                "no es/son para mi",
                "no soy el/la paciente",
            ],
        ),
        (
            Aside::Clinical,
            &[
                "efecto/efectos secundario/secundarios/adverso/adversos",
                "puedo/podria/debo/se ?puede tomar/tomarme/tomarla/tomarlo/mezclar/beber/usar … … con/junto",
                "puedo/podria tomar/beber … alcohol/aspirina/cerveza/vino",
                "tomar alcohol",
                "es seguro/segura tomar-/beber/manejar/usar/mezclar",
                "es malo/mala tomar",
                "debo/deberia/debiera dejar/suspender/parar/seguir/saltarme/quitarme",
                "puedo dejar/suspender/saltarme/quitarme",
                "dejar/deje de tomar-",
                "se me olvido/paso … pastilla/pastillas/dosis/medicina/medicinas/tomar/tomarme/tomarla/tomarlo",
                "olvide tomar-",
                "que pasa si",
                "alergico/alergica a",
                "mis alergias",
                "me hace/cae/hizo/cayo mal/dano",
                "ya no ?me ?la ?lo ?las ?los tomo",
            ],
        ),
        (
            Aside::NotHere,
            &[
                "resurti-",
                "rellen-",
                "renovar/renueven/renovacion",
                "se me acab-/termin-/estan",
                "ya no tengo pastillas/medicina/medicinas/medicamento/medicamentos",
                "resultado/resultados/laboratorio/laboratorios",
                "mis analisis/examenes",
                "cuanto/cuantos … cuesta/cuestan/vale/valen/cobran/sale",
                "precio/precios/copago",
                "mi/el seguro medico",
                "mi/el seguro cubre",
                "pagar mi/la/una/el cuenta/factura/recibo",
                "la/una/mi factura",
                "hacer/sacar/agendar/pedir/programar/reprogramar/cambiar/cancelar/mover/hacerme una/mi/la/otra/esa ?nueva cita/citas",
                "mi expediente medico",
                "quien me ?la ?lo receto",
                "que farmacia",
            ],
        ),
    ],
    not: &[
        (
            Aside::Clinical,
            &["con/sin/antes/despues ?o ?de ?la ?el comida/comidas/alimentos/agua/comer/desayuno/cena/desayunar/cenar"],
        ),
        (Aside::Clinical, &["cuando/cuanto/como/hora puedo/debo"]),
    ],
};
